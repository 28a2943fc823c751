import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ErrorCode } from './catalogue.ts';
import { errorCodes } from './error-code.ts';
import { type Explanation, parseExplanation } from './explanation.ts';

/**
 * Reads the page of an error and what the check prints for its example.
 *
 * @param dir the folder `explained/` of this one
 * @throws Error that says what to write when there is none
 */
export async function readExplanation(code: ErrorCode, dir: string): Promise<Explanation> {
  const read = async (name: string, cure: string) => {
    try {
      return await readFile(join(dir, name), 'utf8');
    } catch (cause) {
      throw new Error(`expected src/errors/explained/${name}, found none: ${cure}`, { cause });
    }
  };
  return parseExplanation(
    code,
    await read(`${code}.md`, `write why the check of \`${code}\` exists, and an example as a diff`),
    await read(`${code}.txt`, 'run `npx vitest run --project unit tests/unit/errors/explained.test.ts -u`'),
  );
}

/** All pages on errors, in the order of the catalogue. */
export function readExplanations(dir: string): Promise<Explanation[]> {
  return Promise.all(errorCodes.map((code) => readExplanation(code, dir)));
}
