import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { checkContent } from '../../../src/checks/content/index.ts';
import type { ContentSource } from '../../../src/collections/content-source.ts';
import { readContent } from '../../../src/collections/read-content.ts';
import type { Problem } from '../../../src/errors/problem.ts';

const fixtures = join(import.meta.dirname, '../../fixtures');

/** Hands `use` a folder that holds the valid content with the broken cases laid over it. */
export async function withContent<T>(cases: readonly string[], use: (dir: string) => Promise<T>): Promise<T> {
  const dir = await mkdtemp(join(tmpdir(), 'content-'));
  try {
    await cp(join(fixtures, 'content'), dir, { recursive: true });
    for (const name of cases) await cp(join(fixtures, 'broken', name), dir, { recursive: true });
    return await use(dir);
  } finally {
    await rm(dir, { recursive: true });
  }
}

/** Reads and checks the valid content with the broken cases laid over it; files are named from its folder. */
export function checkCases(
  cases: readonly string[],
): Promise<{ source: ContentSource; problems: Problem[] }> {
  return withContent(cases, async (dir) => {
    const source = await readContent(dir);
    const prefix = `${relative(process.cwd(), dir).split(sep).join('/')}/`;
    const strip = (text: string) => text.replaceAll(prefix, '');
    const problems = checkContent(source).map((each) => ({
      ...each,
      file: strip(each.file),
      message: strip(each.message),
    }));
    return { source, problems };
  });
}

/** What a reader of the report acts on. */
export function brief({ code, file, line, column, suggestion }: Problem) {
  return [code, file, line, column, suggestion];
}
