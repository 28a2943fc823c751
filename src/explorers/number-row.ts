/** What an explorer's number field accepts: finite, within ±`numberLimit`, to six decimals. */
export const numberLimit = 100;

/** A number that somebody typed or that stands in an address; undefined when it is none, or out of bounds. */
export function readNumber(text: string): number | undefined {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  return Math.abs(value) <= numberLimit ? Number(value.toFixed(6)) + 0 : undefined;
}

/** Numbers in an address: `1_0_-0.5`. */
export function rowToText(values: readonly number[]): string {
  return values.join('_');
}

/** The numbers of an address; undefined when one of them is none, or when there are not `least` to `most`. */
export function rowFromText(text: string | null, least: number, most: number): number[] | undefined {
  const values = (text ?? '').split('_').map(readNumber);
  const numbers = values.filter((value) => value !== undefined);
  return numbers.length === values.length && numbers.length >= least && numbers.length <= most
    ? numbers
    : undefined;
}

/** The first `length` of the numbers, and zeros where there are not so many. */
export function padded(values: readonly number[], length: number): number[] {
  return Array.from({ length }, (_, i) => values[i] ?? 0);
}
