import { closest, distance } from 'fastest-levenshtein';

/**
 * The candidate that an author most likely meant by `word`, or undefined when none is near.
 * Near means, case aside: at most a third of the letters differ (two from five letters on), two
 * letters are swapped, or one name begins with the other.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const lower = word.toLowerCase();
  const byLower = new Map([...candidates].map((name) => [name.toLowerCase(), name]));
  if (byLower.size === 0) return undefined;
  const names = [...byLower.keys()];
  const best = closest(lower, names);
  const length = Math.max(lower.length, best.length);
  const limit = length < 5 ? 1 : Math.max(2, Math.floor(length / 3));
  if (distance(lower, best) <= limit) return byLower.get(best);
  const swapped = names.find((name) => sorted(name) === sorted(lower) && distance(lower, name) === 2);
  if (swapped !== undefined) return byLower.get(swapped);
  const extended = names.filter(
    (name) => lower.length > 2 && (name.startsWith(lower) || lower.startsWith(name)),
  );
  return extended.length === 1 ? byLower.get(extended[0] ?? '') : undefined;
}

function sorted(text: string): string {
  return [...text].sort().join('');
}

/** The question that reporters print after a message: "did you mean `dpo`?". */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  const name = nearest(word, candidates);
  return name === undefined ? undefined : `did you mean \`${name}\`?`;
}
