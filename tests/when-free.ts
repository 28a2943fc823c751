import { setTimeout } from 'node:timers/promises';
import { LockedError, withLock } from '../src/build/lock.ts';

/** Does work while no other build runs: tests that render a site of their own run side by side. */
export async function whenFree<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await withLock('.build/lock', work);
    } catch (error) {
      if (!(error instanceof LockedError)) throw error;
      await setTimeout(500);
    }
  }
}
