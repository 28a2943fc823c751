import { expect, test } from 'vitest';
import { parseTestArguments } from '../../../src/testing/test-arguments.ts';
import { stepsFor } from '../../../src/testing/test-steps.ts';

test.each([
  [[], { run: 'all' }],
  [['--fast'], { run: 'fast' }],
  [['--only', 'python'], { run: ['python'] }],
  [['--only=browser,unit'], { run: ['unit', 'browser'] }],
  [['--help'], { help: true }],
])('%j asks for %j', (args, expected) => {
  expect(parseTestArguments(args)).toEqual(expected);
});

test.each([
  [['--quick'], "Unknown option '--quick'"],
  [['unit'], "Unexpected argument 'unit'"],
  [['--only', 'brower'], 'found `brower`: did you mean'],
  [['--only', ''], 'found ``'],
  [['--fast', '--only', 'unit'], 'expected --fast or --only, found both'],
])('%j is refused: %s', (args, expected) => {
  expect(parseTestArguments(args)).toEqual({ error: expect.stringContaining(expected) });
});

const names = (run: Parameters<typeof stepsFor>[0]) => stepsFor(run).map(({ name }) => name);

test('a full run has every kind of test', () => {
  expect(names('all')).toEqual(
    expect.arrayContaining(['check', 'build', 'unit tests', 'site tests', 'browser tests', 'python tests']),
  );
});

test('a chosen kind brings what it needs and nothing else', () => {
  expect(names(['unit'])).toEqual(['unit tests']);
  expect(names(['site'])).toEqual(['build', 'site tests', 'build tests']);
  expect(names(['browser'])).toEqual(['chromium', 'build', 'browser tests']);
  expect(names(['python']).slice(0, 3)).toEqual(['python environment', 'python tests', 'scripts and fences']);
});

test('a fast run builds nothing', () => {
  expect(names('fast')).toEqual(['check', 'unit tests']);
});
