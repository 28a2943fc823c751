import { closest, distance } from 'fastest-levenshtein';

/**
 * The candidate that an author most likely meant by `word`, or undefined when none is near.
 * Near means, case aside: at most a third of the letters differ (two are allowed from five letters on,
 * which covers two letters swapped), or one name begins with the other.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const lower = word.toLowerCase();
  const byLower = new Map([...candidates].map((name) => [name.toLowerCase(), name]));
  if (byLower.size === 0) return undefined;
  const names = [...byLower.keys()];
  const best = closest(lower, names);
  const length = Math.max(lower.length, best.length);
  if (distance(lower, best) <= Math.max(length < 5 ? 1 : 2, Math.floor(length / 3))) {
    return byLower.get(best);
  }
  const extended = names.filter(
    (name) => lower.length > 2 && (name.startsWith(lower) || lower.startsWith(name)),
  );
  return extended.length === 1 ? byLower.get(extended[0] ?? '') : undefined;
}

/** The question that reporters print after a message: "did you mean `dpo`?". */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  const name = nearest(word, candidates);
  return name === undefined ? undefined : `did you mean \`${name}\`?`;
}
