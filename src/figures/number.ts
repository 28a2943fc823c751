/** A true minus sign, as wide as a plus: columns of figures stay aligned. */
const withMinus = (text: string) => text.replace('-', '\u2212');

/** A number to at most `digits` significant digits, never in exponents: 0.05, −12.3, 1500. NaN is a dash. */
export function formatNumber(value: number, digits = 3): string {
  if (Number.isNaN(value)) return '–';
  const rounded = Number(value.toPrecision(digits));
  if (rounded === 0) return '0';
  return withMinus(
    rounded
      .toFixed(decimalsFor(rounded, digits))
      .replace(/(\.\d*?)0+$/, '$1')
      .replace(/\.$/, ''),
  );
}

/** Decimals that show `digits` significant digits of a number as large as `value`: 3 for 0.123, 1 for 12.3. */
export function decimalsFor(value: number, digits = 3): number {
  const size = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value)));
  return Math.min(12, Math.max(0, digits - 1 - size));
}

/** A number to `decimals` decimals, for columns. A value that rounds to zero has no sign. */
export function formatFixed(value: number, decimals: number): string {
  if (Number.isNaN(value)) return '–';
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? text.replace('-', '') : withMinus(text);
}

/** Labels of evenly spaced ticks, all with as many decimals as the step between them needs. */
export function tickLabels(values: readonly number[]): string[] {
  const [first = 0, second = first] = values;
  const step = Number(Math.abs(second - first).toPrecision(6));
  const decimals = step === 0 ? 0 : (/\.(\d+)$/.exec(step.toFixed(9).replace(/0+$/, ''))?.[1]?.length ?? 0);
  return values.map((value) => formatFixed(value, decimals));
}
