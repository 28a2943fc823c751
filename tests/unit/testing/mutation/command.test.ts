import { matchesGlob } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Terminal } from '../../../../src/errors/terminal.ts';
import { mutationCommand } from '../../../../src/testing/mutation/command.ts';
import { groupNames, moduleGroups } from '../../../../src/testing/mutation/modules.ts';
import type { runStryker } from '../../../../src/testing/mutation/run-stryker.ts';
import type { Mutant } from '../../../../src/testing/mutation/score.ts';

/** Mutants of `parts.length > 1` in src/trl/symbol.ts, with these ends. */
const mutants = (...ends: Mutant['status'][]): Mutant[] =>
  ends.map((status, id) => ({
    id: String(id),
    status,
    fileName: 'src/testing/mutation/modules.ts',
    mutatorName: 'StringLiteral',
    replacement: '`another\n  name`',
    location: { start: { line: 1, column: 1 }, end: { line: 1, column: 4 } },
  }));

/** Runs the command with a Stryker that answers at once. */
async function run(args: string[], answer: (group: string) => Mutant[] = () => mutants('Killed')) {
  const written = { out: '', error: '', asked: [] as unknown[] };
  const terminal: Terminal = {
    out: (text) => {
      written.out += text;
    },
    error: (text) => {
      written.error += text;
    },
    color: false,
  };
  const stryker: typeof runStryker = async (group, { files, incremental }) => {
    written.asked.push([group, files, incremental]);
    return answer(group);
  };
  return { code: await mutationCommand(args, terminal, stryker), ...written };
}

test('every group is run, in order, and the table sums them up', async () => {
  const { code, out, asked } = await run([], (group) =>
    group === 'trl' ? mutants('Killed', 'Killed', 'Killed', 'Survived', 'Timeout') : mutants('Killed'),
  );
  expect(asked).toEqual(groupNames.map((group) => [group, undefined, false]));
  expect(code).toBe(0);
  expect(out).toBe(`module       mutants  killed  survived  no coverage  timed out    score
trl                5       3         1            0          1   80.0 %
coverage           1       1         0            0          0  100.0 %
markdown           1       1         0            0          0  100.0 %
collections        1       1         0            0          0  100.0 %
explorers          1       1         0            0          0  100.0 %
all                9       7         1            0          1   88.8 %
`);
});

test('one module below the floor fails the whole, even where the sum is above', async () => {
  const { code, out } = await run(['coverage', 'trl'], (group) =>
    group === 'trl' ? mutants('Killed', 'NoCoverage') : mutants(...Array<'Killed'>(8).fill('Killed')),
  );
  expect(code).toBe(1);
  expect(out).toContain(
    'all            10       9         0            1          0   90.0 %\nbelow 80 %: trl\n',
  );
});

test('a score just below the floor does not read as the floor', async () => {
  const all = [...Array<'Killed'>(7999).fill('Killed'), ...Array<'Survived'>(2001).fill('Survived')];
  const { code, out } = await run(['trl'], () => mutants(...all));
  expect(code).toBe(1);
  expect(out).toContain('79.9 %');
});

test('what a comment left out is said, and counts for nothing', async () => {
  const { out } = await run(['trl'], () => mutants('Killed', 'Ignored', 'Ignored'));
  expect(out).toContain(
    'trl           1       1         0            0          0  100.0 %\n2 more left out',
  );
});

test('--survivors lists each mutant that no test notices, on one line', async () => {
  const { out } = await run(['trl', '--survivors'], () => mutants('Killed', 'Survived', 'NoCoverage'));
  const line = 'src/testing/mutation/modules.ts:1:1  /** -> `another name`';
  expect(out).toMatch(new RegExp(`^${RegExp.escape(`${line}\n${line}  (no test reaches it)\n`)}module`));
});

test('files narrow their groups', async () => {
  const files = ['src/trl/symbol.ts', 'src/explorers/logistic.ts', 'src/trl/resolve.ts'];
  expect((await run([...files, '--incremental'])).asked).toEqual([
    ['trl', ['src/trl/symbol.ts', 'src/trl/resolve.ts'], true],
    ['explorers', ['src/explorers/logistic.ts'], true],
  ]);
});

test('a run that cannot begin says so, and gives no score', async () => {
  const { code, out, error } = await run(['trl'], () => {
    throw new Error('There were failed tests in the initial test run.');
  });
  expect([code, out]).toEqual([1, '']);
  expect(error).toBe(
    'trl: Stryker ended early: There were failed tests in the initial test run.\nDo its tests pass? npm run test:fast\n',
  );
});

test('--help tells of the modules', async () => {
  const { code, out, asked } = await run(['--help']);
  expect([code, asked]).toEqual([0, []]);
  expect(out).toContain('some of trl, coverage, markdown, collections, explorers, or a file of one');
});

describe('refused with the usage:', () => {
  test.each([
    ['coverge', 'found `coverge`: did you mean `coverage`?'],
    // A view holds no formula: its mutants are not counted.
    ['src/explorers/gae/view.ts', 'found `src/explorers/gae/view.ts`'],
    ['--incrementl', "Unknown option '--incrementl'"],
  ])('%s', async (arg, why) => {
    const { code, out, error, asked } = await run([arg]);
    expect([code, out, asked]).toEqual([2, '', []]);
    expect(error).toContain(why);
    expect(error).toContain('usage: npm run mutation');
  });
});

test('every source and every test that a group names is there', async () => {
  const { glob } = await import('node:fs/promises');
  const files = await Array.fromAsync(glob('{src,tests/unit}/**/*.ts'));
  const globs = groupNames.flatMap((name) => [...moduleGroups[name].sources, ...moduleGroups[name].tests]);
  expect(globs.filter((each) => !files.some((file) => matchesGlob(file, each)))).toEqual([]);
});
