import { expect, test } from 'vitest';
import { benchCommand, benchUsage } from '../../../src/bench/command.ts';
import type { SizeFigures } from '../../../src/bench/measure.ts';
import { treeUse } from '../../../src/bench/process-tree.ts';
import { benchTable, growth, peak } from '../../../src/bench/table.ts';

function size(entries: number, processorSeconds: number): SizeFigures {
  const build = (share: number) => ({
    seconds: processorSeconds * share * 0.6,
    processorSeconds: processorSeconds * share,
    peakBytes: entries * 1e6 * share,
  });
  return {
    entries,
    cold: build(1),
    unchanged: build(0.5),
    edited: build(0.6),
    siteBytes: entries * 2e5,
    indexBytes: entries * 1e4,
  };
}

test('growth compares the cost of a page with that at the smallest size', () => {
  expect(growth(size(100, 20), size(1000, 200))).toBeCloseTo(1);
  expect(growth(size(100, 20), size(1000, 300))).toBeCloseTo(1.5);
  expect(peak(size(100, 20))).toBe(100e6);
});

test('the table has a row a size, lined up', () => {
  expect(`\n${benchTable([size(100, 20), size(1000, 300)])}\n`).toBe(`
entries  cold s  CPU s  ms/page  growth  unchanged s  CPU s  one edit s  CPU s  peak MB  site MB  index MB
    100    12.0   20.0      120    1.00          6.0   10.0         7.2   12.0      100       20       1.0
   1000   180.0  300.0      180    1.50         90.0  150.0       108.0  180.0     1000      200        10
`);
});

test('the use of a process counts what it started', async () => {
  const own = treeUse(process.pid);
  expect(own?.bytes).toBeGreaterThan(20e6);
  expect(own?.seconds).toBeGreaterThan(0);
  expect(treeUse(2 ** 22 + 1)).toBeUndefined();
});

async function run(...args: string[]) {
  const said = { out: '', error: '' };
  const code = await benchCommand(args, {
    out: (text) => {
      said.out += text;
    },
    error: (text) => {
      said.error += text;
    },
    color: false,
    live: false,
  });
  return { code, ...said };
}

test.each([
  [['ten'], 'expected how many entries, found "ten"'],
  [['0'], 'expected how many entries, found "0"'],
  [['10', '--seed', 'x'], 'expected a whole number for --seed, found x'],
  [['--fast'], "Unknown option '--fast'"],
])('%j is refused with the usage', async (args, why) => {
  const { code, out, error } = await run(...args);
  expect([code, out]).toEqual([2, '']);
  expect(error.startsWith(why)).toBe(true);
  expect(error.endsWith(benchUsage)).toBe(true);
});

test('--help prints the usage', async () => {
  expect(await run('--help')).toEqual({ code: 0, out: benchUsage, error: '' });
});
