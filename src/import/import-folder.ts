import { checkAllButMarkdown } from '../checks/content/index.ts';
import { shown } from '../collections/content-folder.ts';
import { readContent } from '../collections/read-content.ts';
import { withExcerpts } from '../errors/excerpt.ts';
import { byPlace, type Problem, ProblemsError, problem } from '../errors/problem.ts';
import type { ImportArguments } from './arguments.ts';
import { makeFolder } from './content/make-folder.ts';
import { records } from './content/records.ts';
import { type ImportedFiles, importFiles } from './import-files.ts';
import { importPlaces } from './place.ts';
import { reportOn } from './report/index.ts';
import { readFolder } from './source/read-folder.ts';

/** What an import made, or in a dry run would make. */
export interface ImportResult extends Omit<ImportedFiles, 'problems'> {
  /** The content folder, as the terminal names it. */
  target: string;
  /** Markdown and Python files that were found. */
  found: number;
  /** What the import changed, repaired, renamed or left out. */
  notes: Problem[];
  /** What the facts say against the texts. */
  findings: Problem[];
}

interface ImportOptions extends Pick<ImportArguments, 'folder' | 'out' | 'force' | 'dryRun' | 'math'> {
  /** Content that registry and facts are taken from. */
  own: string;
  /** Is told how far the work is. */
  progress(step: 'read' | 'convert' | 'check', done: number, of: number): void;
}

/**
 * Takes in a folder of tutorials and makes a content folder of it, all or nothing.
 *
 * @throws ImportRefused when source or target will not do, ProblemsError when nothing can be imported or the
 *   generator's own content is broken, LockedError when another import makes the same folder
 */
export async function importFolder(options: ImportOptions): Promise<ImportResult> {
  const { folder, out, dryRun, progress } = options;
  const { source: root, target, own: ownRoot } = await importPlaces(folder, out, options);
  const content = await readContent(ownRoot);
  refuse(content.problems.filter(isError));

  const { sources, problems: readNotes } = await readFolder(root, (done, of) => progress('read', done, of));
  const made = importFiles(sources, content, {
    math: options.math,
    progress: (done, of) => progress('convert', done, of),
  });
  const texts = new Map(sources.map(({ shown: file, text }) => [file, text]));
  const notes = withExcerpts([...readNotes, ...made.problems], texts).sort(byPlace);
  if (made.entries.length === 0) {
    const place = { file: shown(root), line: 1, column: 1 };
    const message = `expected Markdown or Python files, found ${sources.length === 0 ? 'none' : 'none that can be read'}`;
    throw new ProblemsError([problem('import-nothing', place, message), ...notes]);
  }
  progress('check', 0, 1);
  const findings = reportOn(made.files, content);
  if (!dryRun) {
    const refs = new Set(made.files.flatMap(({ ref }) => ref ?? []));
    const files = [...(await records(ownRoot, refs)), ...made.entries];
    await makeFolder(target, files, async (written) => refuse(await mistakes(written, target)));
  }
  const { files, entries, links, formulas } = made;
  return { target: shown(target), found: sources.length, files, entries, links, formulas, notes, findings };
}

/** What would keep the folder from being built; named by where the folder is going to be. */
async function mistakes(written: string, target: string): Promise<Problem[]> {
  const problems = checkAllButMarkdown(await readContent(written));
  return problems
    .filter(isError)
    .map((each) => ({ ...each, file: each.file.replace(shown(written), shown(target)) }));
}

function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new ProblemsError(problems);
}

function isError({ severity }: Problem): boolean {
  return severity === 'error';
}
