import { type Estimator, estimate, estimators, logRatios } from './estimators.ts';

/** What one draw of tokens from π says: the mean of each estimator over it. */
export function drawnMeans(
  logPi: readonly number[],
  logRef: readonly number[],
  samples: number,
  seed: number,
): Record<Estimator, number> {
  const random = generator(seed);
  const ratios = logRatios(logPi, logRef);
  const totals: Record<Estimator, number> = { k1: 0, k2: 0, k3: 0 };
  for (let i = 0; i < samples; i++) {
    const ratio = ratios[pick(logPi, random())] ?? 0;
    for (const kind of estimators) totals[kind] += estimate(kind, ratio) / samples;
  }
  return totals;
}

/** The index at which the cumulated probability passes `at`, which is in [0, 1). */
function pick(logProbs: readonly number[], at: number): number {
  let left = at;
  for (const [i, logProb] of logProbs.entries()) {
    left -= Math.exp(logProb);
    if (left < 0) return i;
  }
  return logProbs.length - 1;
}

/** Mulberry32: numbers in [0, 1) that a seed repeats, on every machine. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
