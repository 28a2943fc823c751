import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Terminal } from '../errors/terminal.ts';
import { measureSize, type SizeFigures } from './measure.ts';
import { benchTable, growth, peak } from './table.ts';

export const benchUsage = `Usage: npm run bench -- [<entries>…] [--seed 1] [--json <file>]

Builds made-up content of 100, 1,000 and 3,000 entries, or of the numbers given: with empty caches, again
unchanged, which does nothing, and again after an edit of one page. Each entry has code, lists and ten formulas. Prints time,
processor time, time a page, the growth of the cost of a page against the smallest size (1.00 is linear), peak
memory (proportional set size of all processes, Linux only) and the size of the site and of its index.
It works in a copy of the generator below the system's folder for temporary files; dist/ stays as it is.

  --seed  another seed gives other content
  --json  write the figures to a file too
`;

const usual = [100, 1000, 3000];
/** What holds registry and facts for the made-up pages. */
const small = 'tests/fixtures/content';

/** `npm run bench`. Returns the exit code: 0 measured, 1 a build failed, 2 wrong arguments. */
export async function benchCommand(
  args: readonly string[],
  terminal: Terminal & { live: boolean },
): Promise<number> {
  const request = parseBenchArguments(args);
  if ('error' in request) {
    terminal.error(`${request.error}\n\n${benchUsage}`);
    return 2;
  }
  if (request.help) {
    terminal.out(benchUsage);
    return 0;
  }
  const parent = await mkdtemp(join(tmpdir(), 'bench-'));
  const sizes: SizeFigures[] = [];
  try {
    for (const entries of request.counts) {
      const step = (name: string) => terminal.live && terminal.error(`${entries} entries, ${name}\n`);
      sizes.push(await measureSize(entries, { seed: request.seed, small: resolve(small), parent, step }));
    }
  } catch (error) {
    terminal.error(`${error instanceof Error ? error.message : error}\n`);
    return 1;
  } finally {
    await rm(parent, { recursive: true, force: true });
  }
  terminal.out(`${benchTable(sizes)}\n`);
  if (request.json !== undefined) await writeFile(request.json, benchJson(sizes, request.seed));
  return 0;
}

function benchJson(sizes: readonly SizeFigures[], seed: number): string {
  const [first] = sizes;
  const rows = sizes.map((size) => ({
    ...size,
    growth: first ? growth(first, size) : 1,
    peakBytes: peak(size),
  }));
  return `${JSON.stringify({ seed, node: process.version, sizes: rows }, undefined, 2)}\n`;
}

type BenchRequest = { counts: number[]; seed: number; json: string | undefined; help: boolean };

function parseBenchArguments(args: readonly string[]): BenchRequest | { error: string } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        seed: { type: 'string', default: '1' },
        json: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    const counts = positionals.map(Number);
    const wrong = positionals.find((each) => !/^[1-9]\d{0,5}$/.test(each));
    if (wrong !== undefined) return { error: `expected how many entries, found ${JSON.stringify(wrong)}` };
    if (!/^\d+$/.test(values.seed))
      return { error: `expected a whole number for --seed, found ${values.seed}` };
    const sorted = (counts.length > 0 ? counts : usual).sort((a, b) => a - b);
    return { counts: sorted, seed: Number(values.seed), json: values.json, help: values.help };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
