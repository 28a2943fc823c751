import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { gzipSync } from 'node:zlib';
import { checkContent } from '../../../src/checks/content/index.ts';
import { checkHtml } from '../../../src/checks/dist/html-valid.ts';
import { checkSite } from '../../../src/checks/dist/index.ts';
import { readSite } from '../../../src/checks/dist/site-files.ts';
import { checkDrift } from '../../../src/checks/drift/index.ts';
import { readContent } from '../../../src/collections/read-content.ts';
import { applyEdit, type ExampleEdit } from '../../../src/errors/example-edit.ts';
import { type Explanation, folderOf } from '../../../src/errors/explanation.ts';
import { byPlace, type Problem, ProblemsError } from '../../../src/errors/problem.ts';
import { importFolder } from '../../../src/import/import-folder.ts';
import { plan } from '../../../src/scaffold/plan.ts';
import { newRequest } from '../../../src/scaffold/request.ts';
import { runExampleTool } from './example-tools.ts';
import { tinySite } from './tiny-site.ts';

const fixtures = join(import.meta.dirname, '../../fixtures');
/** On the file system of the project, where the tools find what they need, and ignored by Git. */
const scratch = join(process.cwd(), '.build/examples');

/** Lays one form of an example over what is valid, checks it, and returns what the check finds. */
export async function runExample(
  example: Explanation,
  form: 'broken' | 'mended',
): Promise<readonly Problem[]> {
  await mkdir(scratch, { recursive: true });
  const root = await mkdtemp(join(scratch, `${example.code}-`));
  try {
    const dir = join(root, folderOf(example));
    await layValid(dir, example);
    for (const edit of example.edits) await lay(dir, edit, form);
    const problems = await check(dir, example, form);
    const prefix = `${relative(process.cwd(), root).split(sep).join('/')}/`;
    const strip = (text: string) => text.replaceAll(`${root}/`, '').replaceAll(prefix, '');
    return problems
      .map((each) => ({ ...each, file: strip(each.file), message: strip(each.message) }))
      .sort(byPlace);
  } finally {
    await rm(root, { recursive: true });
  }
}

async function layValid(dir: string, example: Explanation): Promise<void> {
  if (example.run === 'site') return tinySite(dir);
  if (example.run === 'tool' || example.run === 'import') return;
  await cp(join(fixtures, 'content'), dir, { recursive: true });
  for (const name of example.with) {
    await cp(join(fixtures, name), dir, { recursive: true });
  }
}

async function lay(dir: string, edit: ExampleEdit, form: 'broken' | 'mended'): Promise<void> {
  if (edit.file === 'shell') return;
  const path = join(dir, form === 'mended' ? (edit.to ?? edit.file) : edit.file);
  const valid = await readFile(path, 'utf8').catch(() => undefined);
  const text = applyEdit(edit, valid)[form];
  await mkdir(dirname(path), { recursive: true });
  if (form === 'broken' && edit.as === 'link') await symlink(text.trim(), path);
  else if (form === 'broken' && edit.as === 'latin1') await writeFile(path, Buffer.from(text, 'latin1'));
  else if (edit.as === 'gzip') await writeFile(path, gzipSync(`pagefind_dcd${text}`));
  else await writeFile(path, text);
}

async function check(
  dir: string,
  { code, run, command, edits }: Explanation,
  form: 'broken' | 'mended',
): Promise<readonly Problem[]> {
  switch (run) {
    case 'content': {
      const source = await readContent(dir);
      return [...checkContent(source), ...checkDrift(source)];
    }
    case 'site':
      return checkSite({ site: readSite(dir), base: '/docs/', origin: 'https://example.org' }, '0.16.25', {
        more: [checkHtml],
      });
    case 'command': {
      const line = edits.find(({ file }) => file === 'shell')?.[form].text ?? command ?? '';
      const made = /^npm run new -- (.+)$/.exec(line);
      if (made) return refusedBy(made[1] ?? '', dir);
      const [, folder = 'content'] = /CONTENT_DIR=(\S+)/.exec(edits[0]?.[form].text ?? '') ?? [];
      return checkContent(await readContent(join(dirname(dir), folder)));
    }
    case 'import':
      return importNotes(dir, code === 'import-formula');
    case 'tool':
      return runExampleTool(code, dir, form);
  }
}

/** What `npm run import` says about a folder. */
async function importNotes(folder: string, math: boolean): Promise<readonly Problem[]> {
  const options = { folder, out: `${folder}-made`, own: 'content', force: false, dryRun: true, math };
  try {
    const { notes, findings } = await importFolder({ ...options, progress: () => {} });
    return [...notes, ...findings];
  } catch (error) {
    if (error instanceof ProblemsError) return error.problems;
    throw error;
  }
}

/** What `npm run new` says against its arguments, each a word or in quotes. */
async function refusedBy(line: string, dir: string): Promise<readonly Problem[]> {
  const args = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word]) => quoted ?? word ?? '');
  const request = newRequest(args, { CONTENT_DIR: dir });
  if (request.help) throw new Error(`expected a thing to make, found ${line}`);
  try {
    await plan(request.wish, await readContent(dir));
    return [];
  } catch (error) {
    if (error instanceof ProblemsError) return error.problems;
    throw error;
  }
}
