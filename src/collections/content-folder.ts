import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { type Problem, problem } from '../errors/problem.ts';
import { decodeSource, readSource } from './source.ts';

/** A file of the content folder, read as text. */
export interface ContentFile {
  /** What problems call it: relative to the working directory, with `/`. */
  file: string;
  /** Without folder and ending. */
  stem: string;
  text: string;
}

/**
 * Opens a content folder. The reader remembers every text and every problem that it met, so that
 * one broken file does not stop the reading of others.
 *
 * @param drafts texts that stand for those of files on the disk, by the name that problems use
 */
export function openFolder(dir: string, drafts: ReadonlyMap<string, string> = new Map()) {
  const texts = new Map<string, string>();
  const problems: Problem[] = [];
  const stems = new Map<string, string[]>();

  async function read(path: string): Promise<ContentFile | undefined> {
    const file = shown(path);
    const draft = drafts.get(file);
    const source =
      draft === undefined
        ? await readSource(path, file)
        : decodeSource(new TextEncoder().encode(draft), file);
    if (source.text === undefined) {
      problems.push(...source.problems);
      return undefined;
    }
    texts.set(file, source.text);
    return { file, stem: stemOf(path), text: source.text };
  }

  function unreadable(path: string, message: string): void {
    problems.push(problem('file-unreadable', { file: shown(path), line: 1, column: 1 }, message));
  }

  /** The name of an item, if it is a file; a folder in a file's place is a mistake. */
  function plainFile(parent: string, { name, isFolder }: Item): string[] {
    if (!isFolder) return [name];
    unreadable(join(parent, name), 'expected a file, found a folder');
    return [];
  }

  return {
    texts,
    problems,
    /** Ids that the files of a folder claim by their names, broken files included. */
    stems: (folder: string): string[] => stems.get(folder) ?? [],
    /** The files of a folder with one of the endings, sorted by name; none when there is no such folder. */
    async files(folder: string, endings: readonly string[]): Promise<ContentFile[]> {
      const found = await list(join(dir, folder), unreadable);
      const ours = found.filter(({ name }) => endings.some((ending) => name.endsWith(ending)));
      const names = ours.flatMap((item) => plainFile(join(dir, folder), item));
      stems.set(folder, names.map(stemOf));
      const files = await Promise.all(names.map((name) => read(join(dir, folder, name))));
      return files.filter((file) => file !== undefined);
    },
    /** One file of the folder; undefined when it is not there or could not be read. */
    async file(name: string): Promise<ContentFile | undefined> {
      const item = (await list(dir, unreadable)).find((each) => each.name === name);
      return item && plainFile(dir, item).length > 0 ? read(join(dir, name)) : undefined;
    },
  };
}

export type ContentFolder = ReturnType<typeof openFolder>;

/** A path as problems show it. */
export function shown(path: string): string {
  return relative(process.cwd(), path).split(sep).join('/') || '.';
}

function stemOf(path: string): string {
  const name = path.slice(path.lastIndexOf(sep) + 1);
  return name.slice(0, name.lastIndexOf('.'));
}

interface Item {
  name: string;
  isFolder: boolean;
}

/** What lies in a folder, sorted by code point; hidden items and package markers left out. */
async function list(dir: string, unreadable: (path: string, message: string) => void): Promise<Item[]> {
  try {
    const items = await readdir(dir, { withFileTypes: true });
    return items
      .filter((item) => !/^\.|^__init__\.py$/.test(item.name))
      .map((item) => ({ name: item.name, isFolder: item.isDirectory() }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') return [];
    if (code === 'ENOTDIR') unreadable(dir, 'expected a folder, found a file');
    else unreadable(dir, `the folder cannot be read: ${error instanceof Error ? error.message : error}`);
    return [];
  }
}
