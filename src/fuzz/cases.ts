import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mutate } from './mutate.ts';
import { createRandom } from './random.ts';

/** A file of the content folder, broken. */
export interface FuzzCase {
  index: number;
  /** Inside the content folder. */
  path: string;
  bytes: Buffer;
  /** What was done to it. */
  done: string[];
}

/** Whole files to break: their paths in the content folder, and their bytes. */
export type Originals = readonly [{ path: string; bytes: Buffer }, ...{ path: string; bytes: Buffer }[]];

/**
 * @param content a small, valid content folder
 * @param bodies Markdown files without frontmatter; they are tried as guides, with that of the folder's first
 */
export function readOriginals(content: string, bodies: readonly string[]): Originals {
  const files = globSync('**/*.*', { cwd: content }).sort();
  const found = files.map((path) => ({ path, bytes: readFileSync(join(content, path)) }));
  const guide = found.find(({ path }) => path.startsWith('reference-guides/'));
  const top = /^---\n[\s\S]*?\n---\n/.exec(guide?.bytes.toString('utf8') ?? '')?.[0] ?? '';
  const guides = bodies.map((file, index) => ({
    path: `reference-guides/body-${index}${file.slice(file.lastIndexOf('.'))}`,
    bytes: Buffer.from(`${top}\n${readFileSync(file, 'utf8')}`),
  }));
  const [first, ...rest] = [...found, ...guides];
  if (!first) throw new Error(`expected content files in ${content}, found none`);
  return [first, ...rest];
}

/** The case with this index: the same seed gives the same case, whichever others were made before. */
export function makeCase(originals: Originals, seed: number, index: number): FuzzCase {
  const random = createRandom(Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b));
  const { path, bytes } = random.pick(originals);
  return { index, path, ...mutate(path, bytes, random) };
}
