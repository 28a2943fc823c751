import { expect, test } from 'vitest';
import type { Terminal } from '../../src/errors/terminal.ts';
import { fuzzCommand } from '../../src/fuzz/command.ts';

test('of 120 broken files each is refused with an error of the catalogue, or renders', async () => {
  const said = { out: '', error: '' };
  const terminal: Terminal = {
    out: (text) => {
      said.out += text;
    },
    error: (text) => {
      said.error += text;
    },
    color: false,
  };
  const code = await fuzzCommand(['--count', '120', '--seed', '20261125'], terminal);
  expect(said.error).toBe('');
  expect(said.out).toMatch(
    /^seed 20261125: 120 broken files: \d+ refused with [123]\d kinds of error, .* 0 finds/,
  );
  expect(code).toBe(0);
});
