import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { buildInto } from '../../src/build/build-site.ts';
import { whenFree } from '../../src/build/when-free.ts';
import { importCommand } from '../../src/import/command.ts';

const reportSchema = z.object({ pages: z.array(z.object({ source: z.string(), page: z.string() })) });

/** An imported folder, and the site that was built of it. */
export interface ImportedSite {
  /** The content folder. */
  content: string;
  /** The built site. */
  dist: string;
  /** What the import wrote to the terminal. */
  said: string;
  /** The page of each source file that became one. */
  pages: ReadonlyMap<string, string>;
  remove(): Promise<void>;
}

/**
 * Imports a folder by the command, and builds the result as `npm run build` does, into a folder of its own.
 *
 * @throws when either fails
 */
export async function importedSite(folder: string): Promise<ImportedSite> {
  const root = await mkdtemp(join(tmpdir(), 'imported-'));
  const content = join(root, 'content');
  const dist = join(root, 'dist');
  const report = join(root, 'report.json');
  let said = '';
  const write = (text: string) => {
    said += text;
  };
  const code = await importCommand(
    [folder, '--out', content, '--report', report],
    {},
    { out: write, error: write, color: false },
  );
  if (code !== 0) throw new Error(`expected the import to succeed, found\n${said}`);
  const { pages } = reportSchema.parse(JSON.parse(await readFile(report, 'utf8')));
  const options = {
    contentDir: content,
    base: '/',
    siteUrl: 'https://annotated-trainers.example',
    drafts: false,
    precompress: false,
    verbose: false,
  };
  await whenFree(() => buildInto(dist, options, () => {}));
  return {
    content,
    dist,
    said,
    pages: new Map(pages.map(({ source, page }) => [source, page])),
    remove: () => rm(root, { recursive: true, force: true }),
  };
}
