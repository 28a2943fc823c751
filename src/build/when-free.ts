import { setTimeout } from 'node:timers/promises';
import { LockedError, withLock } from './lock.ts';

interface Waiting {
  stem?: string;
  /** It gives up after this long: a build takes less than a minute, even on a busy machine. */
  limitMs?: number;
  /** How often it says whom it waits for. */
  everyMs?: number;
  say?(line: string): void;
}

/**
 * Does work while no other build runs: waits, and says for whom. Tests that render sites of their own run side by side.
 *
 * @throws Error that names who holds the lock, after `limitMs`
 */
export async function whenFree<T>(
  work: () => Promise<T>,
  { stem = '.build/lock', limitMs = 300_000, everyMs = 20_000, say = console.warn }: Waiting = {},
): Promise<T> {
  const started = Date.now();
  let said = started;
  for (;;) {
    try {
      return await withLock(stem, work);
    } catch (error) {
      if (!(error instanceof LockedError)) throw error;
      const waited = Math.round((Date.now() - started) / 1000);
      const waits = `${waited} s waited for ${stem}, held by ${error.holder}`;
      if (Date.now() - started >= limitMs) throw new Error(`gave up: ${waits}`, { cause: error });
      if (Date.now() - said >= everyMs) {
        said = Date.now();
        say(waits);
      }
      await setTimeout(Math.min(500, everyMs));
    }
  }
}
