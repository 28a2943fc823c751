import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SiteFiles } from '../checks/dist/site-files.ts';
import { digestDigits, type FileList, fileListName, fileListText, isKept } from './file-list.ts';

/** The list of what is kept of a built site: by path, the same for the same files on any machine. */
export function fileList(site: SiteFiles, base: string): FileList {
  const files = [...site.paths]
    .filter(isKept)
    .sort()
    .map((path) => {
      const content = site.read(path);
      return { path, digest: sha256(content), bytes: content.length };
    });
  return { build: sha256(fileListText({ build: '', base, files })), base, files };
}

/** Writes `offline-files.json` into a built site; the last step of a build, since it tells of all others' files. */
export async function writeFileList(dir: string, site: SiteFiles, base: string): Promise<FileList> {
  const list = fileList(site, base);
  await writeFile(join(dir, fileListName), fileListText(list));
  return list;
}

function sha256(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex').slice(0, digestDigits);
}
