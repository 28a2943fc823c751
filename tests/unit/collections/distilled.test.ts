import { describe, expect, test } from 'vitest';
import { parseDistilled } from '../../../src/collections/distilled.ts';
import { markersOf } from '../../../src/collections/marker.ts';

const parse = (text: string) => parseDistilled(text, 'content/distilled/dpo.py');
const problemsOf = (text: string) =>
  parse(text).problems.map(({ code, line, message }) => [code, line, message]);

test('a region is the code between its comments', () => {
  const { name, regions, problems } = parse(
    [
      'import torch',
      '',
      '# region log-probs mirrors DPOTrainer._compute_loss, add_fused_lm_head',
      '',
      'def f(x):',
      '    return x  # (1)',
      '',
      '',
      '# endregion',
    ].join('\n'),
  );
  expect(name).toBe('dpo');
  expect(problems).toEqual([]);
  expect(regions).toEqual([
    {
      name: 'log-probs',
      mirrors: ['DPOTrainer._compute_loss', 'add_fused_lm_head'],
      startLine: 5,
      endLine: 6,
      code: 'def f(x):\n    return x  # (1)',
      markers: [1],
    },
  ]);
});

test('a region inside a class loses the common indentation', () => {
  const text = [
    'class A:',
    '    # region a mirrors DPOTrainer',
    '    x = 1',
    '    if x:',
    '        y = 2',
    '    # endregion',
  ];
  expect(parse(text.join('\n')).regions[0]?.code).toBe('x = 1\nif x:\n    y = 2');
});

describe('a region is refused', () => {
  test('without what it mirrors', () => {
    expect(problemsOf('# region a\nx = 1\n# endregion')).toEqual([
      ['region-syntax', 1, 'expected `# region <kebab-case-name> mirrors <symbol>[, <symbol>]`'],
    ]);
  });

  test('without an end, and inside another', () => {
    expect(problemsOf('# region a mirrors A\nx = 1\n# region b mirrors B\ny = 2')).toEqual([
      ['region-syntax', 3, 'expected `# endregion` of `a` first, found another region'],
      ['region-syntax', 3, 'the region `b` has no `# endregion`'],
    ]);
  });

  test('with an end and no beginning', () => {
    expect(problemsOf('x = 1\n# endregion')).toEqual([
      ['region-syntax', 2, 'found `# endregion` without a region'],
    ]);
  });

  test('with the name of another', () => {
    const region = '# region a mirrors A\nx = 1\n# endregion\n';
    expect(problemsOf(region + region)).toEqual([['region-syntax', 4, 'the file has two regions named `a`']]);
  });

  test('with nothing in it', () => {
    expect(problemsOf('# region a mirrors A\n\n# endregion')).toEqual([
      ['region-syntax', 1, 'the region `a` is empty'],
    ]);
  });

  test('with more than 25 lines', () => {
    const lines = (count: number) => `# region a mirrors A\n${'x = 1\n'.repeat(count)}# endregion`;
    expect(problemsOf(lines(25))).toEqual([]);
    expect(problemsOf(lines(26))).toEqual([['region-long', 1, 'expected at most 25 lines in `a`, found 26']]);
  });

  test('with markers that do not count from 1', () => {
    expect(problemsOf('# region a mirrors A\nx = 1  # (2)\ny = 2  # (1)\n# endregion')).toEqual([
      ['region-syntax', 1, 'expected the markers 1, 2 from the top, found 2, 1'],
    ]);
  });
});

test('a mistake is marked from the first sign of its line to the last', () => {
  expect(parse('    x = 1\n    # endregion  ').problems).toEqual([
    {
      code: 'region-syntax',
      severity: 'error',
      file: 'content/distilled/dpo.py',
      line: 2,
      column: 5,
      length: 11,
      message: 'found `# endregion` without a region',
    },
  ]);
});

test('a region that is too long is marked at its first line', () => {
  const text = `\n# region a mirrors A\n${'x = 1\n'.repeat(30)}# endregion`;
  expect(parse(text).problems).toMatchObject([{ line: 2, column: 1, length: 20 }]);
});

test('blank lines within a region stay, and do not count for its indentation', () => {
  const [region] = parse('# region a mirrors A ,B\n\n    x = 1\n\n      y = 2\n \n# endregion').regions;
  expect(region).toMatchObject({ code: 'x = 1\n\n  y = 2', mirrors: ['A', 'B'], startLine: 3, endLine: 5 });
});

test.each(['# region A mirrors B', '# region a-- mirrors B', '# region a mirrors ', '# regiona mirrors B'])(
  '%s begins no region that has a name',
  (line) => {
    expect(parse(`${line}\nx = 1\n# endregion`).regions).toEqual([]);
  },
);

test('a name may hold digits, and another may follow it', () => {
  const text = '# region a-1 mirrors A\nx = 1\n# endregion\n# region b2 mirrors B\ny = 1\n# endregion';
  const { regions, problems } = parse(text);
  expect([regions.map(({ name }) => name), problems]).toEqual([['a-1', 'b2'], []]);
});

test.each([
  ['x = 1  # (1)', 'x = 1', [1]],
  ['x = 1  # (1) (2)', 'x = 1', [1, 2]],
  ['x = y[:, 1:]  # (1)  (2B, T-1)', 'x = y[:, 1:]  # (2B, T-1)', [1]],
  ['f = lambda x: x  # (3) # noqa: E731', 'f = lambda x: x', [3]],
  ['l = 2  # noqa: E741', 'l = 2', []],
  ['x = f(1)  # (B,)', 'x = f(1)  # (B,)', []],
  ['x = 1  # (12)# then', 'x = 1  # (12)# then', []],
  ['x = 1  # (12) #then', 'x = 1  # then', [12]],
  ['x = 1  # (1) mean # of all', 'x = 1  # mean # of all', [1]],
  ['x = 1  # noqa: E731  # (3)', 'x = 1', [3]],
  ['x = 1  # type: ignore', 'x = 1', []],
  ['x = 1  # fmt: skip', 'x = 1', []],
  ['x = 1  # fmt: skipped', 'x = 1  # fmt: skipped', []],
  ['', '', []],
])('the marked line %s reads %s', (line, code, numbers) => {
  expect(markersOf(line)).toEqual({ code, numbers });
});
