import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { type Verdict, verdictSchema } from './verdict.ts';

interface FuzzOptions {
  /** A small, valid content folder. */
  content: string;
  /** Markdown files whose text is tried as guides. */
  bodies: readonly string[];
  seed: number;
  count: number;
  /** A case that takes longer hangs. */
  limitMs: number;
}

const message = z.union([z.object({ begins: z.number() }), verdictSchema]);

/**
 * Sends every case through the check of the content. One that hangs is stopped, and counts when it hangs again:
 * the machine itself may have stood still.
 */
export async function fuzz(options: FuzzOptions): Promise<Verdict[]> {
  const work = await mkdtemp(join(tmpdir(), 'fuzz-'));
  const verdicts: Verdict[] = [];
  const again = new Set<number>();
  try {
    while (verdicts.length < options.count) {
      await rm(work, { recursive: true, force: true });
      await cp(options.content, work, { recursive: true });
      const from = verdicts.length;
      await someCases({ ...options, from, work }, verdicts);
      const last = verdicts.at(-1);
      if (last?.outcome !== 'hung' || again.has(last.index)) continue;
      again.add(last.index);
      verdicts.pop();
    }
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return verdicts;
}

/** Runs cases in a worker until all are done or one brings it down. */
function someCases(job: FuzzOptions & { from: number; work: string }, verdicts: Verdict[]): Promise<void> {
  const worker = new Worker(new URL('./check-worker.ts', import.meta.url), { workerData: job });
  return new Promise((resolve) => {
    const fall = (outcome: 'crashed' | 'hung', said: string, ms: number) => {
      verdicts.push({ index: verdicts.length, outcome, said: [said], ms });
      void worker.terminate().then(() => resolve());
    };
    let timer: NodeJS.Timeout | undefined;
    worker.on('message', (value: unknown) => {
      clearTimeout(timer);
      const said = message.parse(value);
      if ('begins' in said)
        timer = setTimeout(() => fall('hung', `longer than ${job.limitMs} ms`, job.limitMs), job.limitMs);
      else verdicts.push(said);
    });
    worker.on('error', (error: Error) => {
      clearTimeout(timer);
      fall('crashed', error.stack ?? error.message, 0);
    });
    worker.on('exit', () => {
      clearTimeout(timer);
      if (verdicts.length >= job.count) resolve();
    });
  });
}
