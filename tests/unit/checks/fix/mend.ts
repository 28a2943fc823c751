import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fixContent } from '../../../../src/checks/fix/fix-content.ts';
import { showFixes } from '../../../../src/errors/fix-report.ts';
import { withContent } from '../content-fixture.ts';

const facts = join(import.meta.dirname, '../../../../content/trl');

/** Hands `use` valid content with facts of TRL 0.25.1 and 1.16.0, and with files of a case written over it. */
export function withFiles<T>(
  files: Readonly<Record<string, string | Uint8Array>>,
  use: (dir: string) => Promise<T>,
): Promise<T> {
  return withContent([], async (dir) => {
    for (const release of ['0.25.1', '1.16.0']) {
      await cp(join(facts, `${release}.json`), join(dir, `trl/${release}.json`));
    }
    for (const [file, text] of Object.entries(files)) await writeFile(join(dir, file), text);
    return use(dir);
  });
}

/** Every file of a folder, by its path in it. */
export async function snapshot(dir: string): Promise<Map<string, Buffer>> {
  const items = await readdir(dir, { recursive: true, withFileTypes: true });
  const paths = items.filter((item) => item.isFile()).map((item) => join(item.parentPath, item.name));
  return new Map(
    await Promise.all(paths.sort().map(async (path) => [relative(dir, path), await readFile(path)] as const)),
  );
}

/**
 * Mends files of a case.
 *
 * @returns the text of each file afterwards, what was reported, and the names of the files that changed
 */
export function mend(files: Readonly<Record<string, string | Uint8Array>>) {
  return withFiles(files, async (dir) => {
    const before = await snapshot(dir);
    const report = await fixContent(dir);
    const after = await snapshot(dir);
    const again = await fixContent(dir);
    const prefix = `${relative(process.cwd(), dir).split(sep).join('/')}/`;
    return {
      texts: Object.fromEntries(Object.keys(files).map((file) => [file, after.get(file)?.toString('utf8')])),
      said: showFixes(report).replaceAll(prefix, ''),
      changed: [...after].filter(([file, bytes]) => !before.get(file)?.equals(bytes)).map(([file]) => file),
      /** What a second run changes: nothing, whatever the first one did. */
      again: again.fixed.length,
      left: [...after.keys()].filter((file) => !before.has(file)),
    };
  });
}

const header = `# /// script
# requires-python = ">=3.10"
# dependencies = ["trl==1.16.0"]
#
# [tool.tutorial]
# title = "A script"
# question = "What does it train?"
# summary = "A small model learns from pairs of answers."
# trainers = ["dpo"]
# difficulty = 2
# covers = ["training"]
# ///
"""A script."""

# %%
`;

/** A script with a cell of code. */
export function scriptOf(code: string): string {
  return header + code;
}
