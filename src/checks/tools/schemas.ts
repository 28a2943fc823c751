import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Problem, problem } from '../../errors/problem.ts';
import { schemaFiles } from '../../json-schemas/schemas.ts';

/** The JSON Schemas of the site are those that the check's own schemas make. */
export async function checkSchemas(folder = 'public/schemas'): Promise<Problem[]> {
  const files = schemaFiles();
  const found = existsSync(folder) ? await readdir(folder) : [];
  const compared = [...files].map(async ([name, expected]) => {
    const file = join(folder, name);
    if (!found.includes(name)) {
      return [problem('schema-stale', { file, line: 1, column: 1 }, 'expected a JSON Schema, found no file')];
    }
    return firstDifference(file, expected, await readFile(file, 'utf8'));
  });
  const extra = found
    .filter((name) => !files.has(name))
    .map((name) =>
      problem(
        'schema-stale',
        { file: join(folder, name), line: 1, column: 1 },
        'no schema of the check makes this file',
      ),
    );
  return [...(await Promise.all(compared)).flat(), ...extra];
}

function firstDifference(file: string, expected: string, found: string): Problem[] {
  if (expected === found) return [];
  const [wanted, present] = [expected.split('\n'), found.split('\n')];
  const index = wanted.findIndex((line, at) => line !== present[at]);
  const line = Math.max(0, index);
  const excerpt = present[line] ?? '';
  const column = excerpt.length - excerpt.trimStart().length + 1;
  const place = { file, line: line + 1, column, length: Math.max(1, excerpt.trim().length) };
  const show = (text = '') => (text.trim() === '' ? 'the end' : `\`${text.trim().replace(/,$/, '')}\``);
  const message = `expected ${show(wanted[line])}, found ${show(excerpt)}`;
  return [problem('schema-stale', place, message, { excerpt })];
}
