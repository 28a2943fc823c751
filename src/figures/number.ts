/** A true minus sign, as wide as a plus: columns of figures stay aligned. */
const withMinus = (text: string) => text.replace('-', '\u2212');

/** A number to `digits` significant digits, never in exponents: 0.0499, −12.3, 1500. NaN is a dash. */
export function formatNumber(value: number, digits = 3): string {
  if (Number.isNaN(value)) return '–';
  const rounded = Number(value.toPrecision(digits));
  if (rounded === 0) return '0';
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(Math.abs(rounded))));
  return withMinus(rounded.toFixed(Math.min(decimals, 12)));
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
