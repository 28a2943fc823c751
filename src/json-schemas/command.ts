import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Terminal } from '../errors/terminal.ts';
import { schemaFiles } from './schemas.ts';

export const schemasUsage = `usage: npm run schemas

Writes public/schemas/: a JSON Schema for each kind of file that an author writes, made from the schemas that the
check uses. Editors complete and check frontmatter and YAML by them. \`npm run check\` says when they are stale.
`;

/** `npm run schemas`. Returns the exit code: 0, or 2 for wrong arguments. */
export async function schemasCommand(
  args: readonly string[],
  terminal: Terminal,
  folder = 'public/schemas',
): Promise<number> {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { help: { type: 'boolean', short: 'h', default: false } },
    });
    if (values.help) {
      terminal.out(schemasUsage);
      return 0;
    }
  } catch (error) {
    terminal.error(`${error instanceof Error ? error.message : error}\n\n${schemasUsage}`);
    return 2;
  }
  const { written, removed } = await writeSchemas(folder);
  const changed = [...written.map((name) => `wrote ${name}`), ...removed.map((name) => `removed ${name}`)];
  terminal.out(`${changed.length === 0 ? `${folder} is up to date` : changed.join('\n')}\n`);
  return 0;
}

/** Writes what differs, and takes away what is no schema any more. */
async function writeSchemas(folder: string): Promise<{ written: string[]; removed: string[] }> {
  const files = schemaFiles();
  await mkdir(folder, { recursive: true });
  const removed = (await readdir(folder)).filter((name) => !files.has(name));
  for (const name of removed) await rm(join(folder, name), { recursive: true });
  const written: string[] = [];
  for (const [name, text] of files) {
    const path = join(folder, name);
    if ((await readFile(path, 'utf8').catch(() => undefined)) === text) continue;
    await writeFile(path, text);
    written.push(name);
  }
  return { written, removed };
}
