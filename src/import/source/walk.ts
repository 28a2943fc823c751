import { readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { shown } from '../../collections/content-folder.ts';
import { type Problem, problem } from '../../errors/problem.ts';
import { limits } from './limits.ts';

/** A file that may be taken in. */
export interface FoundFile {
  /** Below the folder, with forward slashes. */
  path: string;
  /** As problems name it. */
  shown: string;
  /** Where it lies. */
  absolute: string;
}

/** Folders that hold no tutorials. */
const tools = new Set(['node_modules', '__pycache__', 'venv', 'env', 'site-packages', 'dist', 'build']);

/**
 * The Markdown and Python files of a folder, sorted by path, and what is left out with the reason for each.
 * Links are not followed: one could lead out of the folder, or in a circle.
 */
export async function walk(folder: string): Promise<{ files: FoundFile[]; leftOut: Problem[] }> {
  const files: FoundFile[] = [];
  const leftOut: Problem[] = [];
  let seen = 0;

  async function visit(path: string, depth: number): Promise<void> {
    const items = await readdir(join(folder, path), { withFileTypes: true });
    for (const item of items.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const below = path === '' ? item.name : `${path}/${item.name}`;
      const absolute = join(folder, below);
      const file = visible(shown(absolute));
      const skip = (reason: string) => leftOut.push(leaveOut(file, reason));
      seen += 1;
      if (seen > limits.files) {
        if (seen === limits.files + 1) skip(`an import looks at ${limits.files} files and folders at most`);
        return;
      }
      if (item.isSymbolicLink()) {
        skip(`it is a link to ${visible(await readlink(absolute))}, and links are not followed`);
      } else if (item.isDirectory()) {
        if (item.name.startsWith('.')) continue;
        if (tools.has(item.name)) skip('a folder of tools holds no tutorials');
        else if (depth >= limits.depth) skip(`it lies more than ${limits.depth} folders deep`);
        else await visit(below, depth + 1);
      } else if (!item.isFile()) skip('it is neither a file nor a folder');
      else if (item.name.startsWith('.')) continue;
      else if (!/\.(?:md|markdown|mdx|py)$/i.test(item.name)) skip('it is neither Markdown nor Python');
      else files.push({ path: below, shown: file, absolute });
    }
  }

  await visit('', 0);
  return { files, leftOut };
}

/** The problem that says why a file is not taken in. */
export function leaveOut(file: string, reason: string, line = 1, column = 1): Problem {
  return problem('import-left-out', { file, line, column }, `left out: ${reason}`, { severity: 'warning' });
}

/** A name without control characters, which could move a terminal's cursor. */
export function visible(name: string): string {
  return name.replace(/[\p{Cc}\p{Cf}]/gu, '�');
}
