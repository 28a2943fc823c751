import { existsSync } from 'node:fs';
import { realpath, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { shown } from '../collections/content-folder.ts';
import { catalogue } from '../errors/catalogue.ts';
import type { Problem } from '../errors/problem.ts';
import { summarise } from '../errors/summary.ts';
import type { ImportArguments } from './arguments.ts';
import { pagePath } from './entry-file.ts';
import type { ImportResult } from './import-folder.ts';
import { contains } from './place.ts';
import { ImportRefused } from './refused.ts';

/** The file that `--report` asks for, judged before anything is read. */
export interface ReportFile {
  write(result: ImportResult, request: Pick<ImportArguments, 'dryRun'>): Promise<void>;
}

/**
 * @returns undefined when no report is asked for
 * @throws ImportRefused for a report in the source or in the content folder, without a folder, or on a file
 *   that is there, unless `force`
 */
export async function reportFile({
  report,
  folder,
  out,
  force,
}: Pick<ImportArguments, 'report' | 'folder' | 'out' | 'force'>): Promise<ReportFile | undefined> {
  if (report === undefined) return undefined;
  const parent = dirname(resolve(report));
  if (!existsSync(parent))
    throw new ImportRefused(`expected a folder for the report at ${shown(parent)}, found none`);
  const file = join(await realpath(parent), basename(report));
  for (const each of [folder, out]) {
    const place = existsSync(each) ? await realpath(each) : resolve(each);
    if (contains(place, file)) {
      throw new ImportRefused(
        `the report ${shown(file)} would lie in ${shown(place)}\n  Choose a --report beside it.`,
      );
    }
  }
  if (existsSync(file) && !force) {
    throw new ImportRefused(
      `${shown(file)} exists\n  Choose another --report, or say --force to replace it.`,
    );
  }
  return {
    async write(result, request) {
      const part = `${file}.${process.pid}.part`;
      await writeFile(part, renderReport(result, request));
      await rename(part, file);
    },
  };
}

/** Everything that an import found, for machines. */
export function renderReport(
  { target, found, files, notes, findings, links, formulas }: ImportResult,
  { dryRun }: Pick<ImportArguments, 'dryRun'>,
): string {
  const explained = (problems: readonly Problem[]) =>
    problems.map((each) => ({ ...each, ...catalogue[each.code] }));
  const report = {
    schema: 1,
    content: target,
    dry_run: dryRun,
    found,
    imported: files.length,
    links,
    formulas,
    ...summarise(findings),
    problems: explained(findings),
    notes: explained(notes),
    pages: files.map(({ path, role, trainers, ref }) => ({
      source: path,
      role,
      trainers,
      page: ref,
      file: ref === undefined ? undefined : pagePath(ref),
    })),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}
