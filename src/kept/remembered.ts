/** Values by what they were made from. What a round does not ask for is forgotten in the next one. */
export interface Remembered<T> {
  recall(key: string, make: () => T): T;
  nextRound(): void;
  /** What this round has asked for. */
  asked(): ReadonlyMap<string, T>;
}

/** @param first what the first round knows; it begins with `nextRound` */
export function remembered<T>(first: ReadonlyMap<string, T> = new Map()): Remembered<T> {
  let before = first;
  let now = new Map(first);
  return {
    recall(key, make) {
      const known = now.get(key) ?? before.get(key) ?? make();
      now.set(key, known);
      return known;
    },
    nextRound() {
      before = now;
      now = new Map();
    },
    asked: () => now,
  };
}
