import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readDigests } from '../../../src/collections/digests.ts';
import type { RecordedRun } from '../../../src/collections/recorded-run.ts';
import type { VerifiedCheck } from '../../../src/collections/verification.ts';

const check = (inputs: string[]): VerifiedCheck => ({
  ...{ id: 'a', kind: 'script', trainers: [], entry: null, title: 'A', trl: '1.16.0', date: '2026-11-01' },
  ...{ passed: 1, failed: 0, versions: {} },
  inputs: Object.fromEntries(inputs.map((path) => [path, ''])),
});
const run = (inputs: string[]): RecordedRun => ({
  ...{ script: 'a', trainers: [], args: [], date: '2026-11-01', seed: 0, versions: {}, hardware: 'a CPU' },
  ...{ seconds: 1, peak_memory_mb: 1, series: {}, results: {}, output: [], samples: [] },
  inputs: Object.fromEntries(inputs.map((path) => [path, ''])),
});

const sha256OfAbc = 'sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

test('the inputs of checks and runs are digested in the content folder; one that is gone is left out', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'content-'));
  try {
    await writeFile(join(dir, 'a.py'), 'abc');
    await writeFile(join(dir, 'b.py'), '');
    const checks = [check(['content/b.py', 'content/a.py', 'content/gone.py'])];
    const inputs = { verification: { schema: 1 as const, checks }, runs: [run([join(dir, 'a.py')])] };
    const digests = await readDigests(inputs, dir);
    expect([...digests]).toEqual([
      [join(dir, 'a.py'), sha256OfAbc],
      ['content/a.py', sha256OfAbc],
      ['content/b.py', 'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ]);
  } finally {
    await rm(dir, { recursive: true });
  }
});

test('a file that is there and cannot be read is an error', async () => {
  const reading = readDigests(
    { verification: { schema: 1, checks: [] }, runs: [run(['content/'])] },
    tmpdir(),
  );
  await expect(reading).rejects.toMatchObject({
    message: expect.stringMatching(/^cannot read .* to compare it with its digest$/),
    cause: { code: 'EISDIR' },
  });
});
