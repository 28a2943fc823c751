/** Writes a scalar of YAML or TOML otherwise; undefined where that could change what its author means. */
export type Rewrite = (raw: string) => string | undefined;

/**
 * How a value becomes what its field expects: an id that was read as a number gets quotes, one value becomes a list
 * of one, a number in quotes loses them.
 *
 * @param expected the type, as zod calls it
 * @param found the value that was read
 */
export function rewriteAs(expected: string, found: unknown): Rewrite | undefined {
  if (expected === 'string' && (typeof found === 'number' || typeof found === 'boolean')) {
    return (raw) => (/^[\w.+-]+$/.test(raw) ? `"${raw}"` : undefined);
  }
  if (typeof found !== 'string') return undefined;
  // A comma may part two values, or belong to one: nobody but the author knows.
  if (expected === 'array' && !/[,[\]{}#:]/.test(found)) return (raw) => `[${raw}]`;
  const isBare =
    (expected === 'boolean' && /^(true|false)$/.test(found)) ||
    (/^(int|number)$/.test(expected) && /^(0|-?[1-9]\d*)$/.test(found));
  return isBare ? (raw) => (/^(["']).*\1$/.test(raw) ? found : undefined) : undefined;
}
