import { expect, test } from 'vitest';
import { parseCheckArguments } from '../../../src/checks/check-arguments.ts';
import { formatTerminal } from '../../../src/errors/format.ts';
import { formatJson } from '../../../src/errors/format-json.ts';

test.each([
  [[], { format: formatTerminal, contentOnly: false, fix: 'no', help: false }],
  [['--format', 'json', '--content-only'], { format: formatJson, contentOnly: true, fix: 'no', help: false }],
  [['--format', 'jsno'], { error: 'unknown format `jsno`: did you mean `json`?' }],
  [['--format', 'constructor'], { error: 'unknown format `constructor`' }],
])('%j', (args, expected) => {
  expect(parseCheckArguments(args)).toEqual(expected);
});

test.each([[['--fast']], [['content']], [['--format']]])('%j is not understood', (args) => {
  expect(parseCheckArguments(args)).toEqual({ error: expect.stringContaining(args[0] ?? '') });
});
