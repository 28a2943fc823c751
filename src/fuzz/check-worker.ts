import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { checkContent } from '../checks/content/index.ts';
import { readContent } from '../collections/read-content.ts';
import { catalogue } from '../errors/catalogue.ts';
import { formatTerminal } from '../errors/format.ts';
import { makeCase, readOriginals } from './cases.ts';
import type { Verdict } from './verdict.ts';

const jobSchema = z.object({
  content: z.string(),
  bodies: z.array(z.string()),
  seed: z.number(),
  from: z.number(),
  count: z.number(),
  /** A folder with a copy of the content, for this worker alone. */
  work: z.string(),
});

const { content, bodies, seed, from, count, work } = jobSchema.parse(workerData);
const originals = readOriginals(content, bodies);

for (let index = from; index < count; index++) {
  const { path, bytes } = makeCase(originals, seed, index);
  const file = join(work, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bytes);
  parentPort?.postMessage({ begins: index });
  parentPort?.postMessage(await verdictOf(index));
  const original = originals.find((each) => each.path === path && !path.includes('/body-'));
  if (original) writeFileSync(file, original.bytes);
  else rmSync(file);
}

async function verdictOf(index: number): Promise<Verdict> {
  const started = performance.now();
  const ends = (outcome: Verdict['outcome'], said: string[]): Verdict => ({
    index,
    outcome,
    said,
    ms: performance.now() - started,
  });
  try {
    const problems = checkContent(await readContent(work));
    const shown = formatTerminal(problems, { color: false });
    if (/^\s+at .*:\d+:\d+\)?$/m.test(shown)) return ends('crashed', [`a stack in a message: ${shown}`]);
    const errors = problems.filter(({ severity }) => severity === 'error').map(({ code }) => code);
    const unknown = errors.find((code) => !Object.hasOwn(catalogue, code));
    if (unknown) return ends('crashed', [`no error of the catalogue: ${unknown}`]);
    const nowhere = problems.find(({ line, column }) => !(line >= 1 && column >= 1));
    if (nowhere) return ends('crashed', [`no place: ${JSON.stringify(nowhere)}`]);
    return ends(errors.length > 0 ? 'refused' : 'accepted', [...new Set(errors)]);
  } catch (error) {
    return ends('crashed', [error instanceof Error ? (error.stack ?? error.message) : String(error)]);
  }
}
