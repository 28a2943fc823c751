import type { Interval } from './scale.ts';

/** The step 1, 2 or 5 times a power of ten that cuts `extent` into about `count` parts. */
export function niceStep(extent: number, count: number): number {
  const power = 10 ** Math.floor(Math.log10(extent / count));
  const step = [1, 2, 5].find((factor) => extent / (factor * power) <= count * 1.25) ?? 10;
  return step * power;
}

/** Round numbers within the domain, about `count` of them. */
export function ticks([from, to]: Interval, count: number): number[] {
  const step = niceStep(to - from, count);
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  // A multiple of the step, without the digits that floating point adds: 0.30000000000000004.
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/**
 * The values' extent, widened so that both ends are ticks. A single value gets room on both sides.
 * Throws when no value is finite.
 */
export function niceDomain(values: Iterable<number>, count: number): Interval {
  const finite = [...values].filter(Number.isFinite);
  if (finite.length === 0) throw new Error('niceDomain: expected finite values, found none');
  let low = finite.reduce((a, b) => Math.min(a, b));
  let high = finite.reduce((a, b) => Math.max(a, b));
  if (low === high) {
    const room = Math.abs(low) / 2 || 1;
    low -= room;
    high += room;
  }
  const [from, to] = widen(low, high, niceStep(high - low, count));
  // The wider domain may call for a wider step, and then for still more room.
  return widen(from, to, niceStep(to - from, count));
}

function widen(low: number, high: number, step: number): Interval {
  const round = (steps: number) => Number((steps * step).toPrecision(12));
  return [round(Math.floor(low / step + 1e-9)), round(Math.ceil(high / step - 1e-9))];
}
