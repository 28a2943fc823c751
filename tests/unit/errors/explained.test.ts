import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { errorCodes } from '../../../src/errors/error-code.ts';
import { parseExplanation } from '../../../src/errors/explanation.ts';
import { formatTerminal } from '../../../src/errors/format.ts';
import { noteLines } from '../../../src/import/summary.ts';
import { runExample } from './run-example.ts';

const folder = join(import.meta.dirname, '../../../src/errors/explained');

/** An explanation without its output, which the test makes. */
async function explanationOf(code: (typeof errorCodes)[number]) {
  return parseExplanation(code, await readFile(join(folder, `${code}.md`), 'utf8'), '');
}

test('every code of the catalogue has a page, and no page is left of a code that went', () => {
  const pages = readdirSync(folder).filter((name) => name.endsWith('.md'));
  const missing = errorCodes.filter((code) => !pages.includes(`${code}.md`));
  const cure = missing.map(
    (code) =>
      `write src/errors/explained/${code}.md (group, why the check exists, an example as a diff), ` +
      'then run this test with -u and read the output that it writes beside it; ' +
      '`run:` in its frontmatter names what finds the mistake, see run-example.ts for the ways there are',
  );
  expect(cure).toEqual([]);
  expect(pages.map((name) => name.slice(0, -3)).sort()).toEqual([...errorCodes].sort());
});

describe.each(errorCodes.filter((code) => existsSync(join(folder, `${code}.md`))))('%s', (code) => {
  test('the broken form gives the code, at the lines that the page shows, and the output that it shows', async () => {
    const example = await explanationOf(code);
    const problems = await runExample(example, 'broken');
    expect(new Set(problems.map((each) => each.code))).toEqual(new Set([code]));
    const isNotes = example.run === 'import' && problems.every(({ severity }) => severity === 'warning');
    const output = isNotes ? `${noteLines(problems)}\n` : formatTerminal(problems, { color: false });
    await expect(output).toMatchFileSnapshot(join(folder, `${code}.txt`));
    // Each excerpt is a line of the example: what is marked on the page is what the check points at.
    const shown = example.edits.flatMap(({ broken }) => broken.text.split('\n'));
    for (const { excerpt } of problems) if (excerpt !== undefined) expect(shown).toContain(excerpt);
  });

  test('the mended form has no problem', async () => {
    const problems = await runExample(await explanationOf(code), 'mended');
    expect(problems.length === 0 ? '' : formatTerminal(problems, { color: false })).toBe('');
  });

  test('the page says why, and its related codes are others', async () => {
    const { why, related, edits } = await explanationOf(code);
    expect(why.length).toBeGreaterThan(80);
    expect(related).not.toContain(code);
    expect(edits.length).toBeGreaterThan(0);
  });
});
