import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { benchCommand } from '../../src/bench/command.ts';

const positive = z.number().positive();
const build = z.object({ seconds: positive, processorSeconds: positive, peakBytes: positive });
const report = z.object({
  seed: z.literal(1),
  sizes: z.tuple([
    z.looseObject({
      entries: z.literal(8),
      cold: build,
      // It may be over before it is looked at.
      unchanged: build.extend({ processorSeconds: z.number().min(0), peakBytes: z.number().min(0) }),
      edited: build,
      indexBytes: positive,
    }),
  ]),
});

test('npm run bench builds what it is told to, and writes what it measured', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'bench-test-'));
  try {
    const said = { out: '', error: '' };
    const file = join(dir, 'figures.json');
    const code = await benchCommand(['8', '--json', file], {
      out: (text) => {
        said.out += text;
      },
      error: (text) => {
        said.error += text;
      },
      color: false,
      live: false,
    });
    expect({ code, error: said.error }).toEqual({ code: 0, error: '' });
    expect(said.out).toMatch(/^entries .*\n +8 .*\n$/);
    report.parse(JSON.parse(await readFile(file, 'utf8')));
  } finally {
    await rm(dir, { recursive: true });
  }
});
