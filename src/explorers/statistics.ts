/** Of at least one value. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Standard deviation with n-1 below, as `torch.std` has it. NaN for fewer than two values. */
export function deviation(values: readonly number[]): number {
  const centre = mean(values);
  return values.length < 2
    ? Number.NaN
    : Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1));
}

/** What whitening multiplies by: 1/sqrt(variance + 1e-8), the variance with n-1 below. */
export function whiteningScale(values: readonly number[]): number {
  return 1 / Math.sqrt(deviation(values) ** 2 + 1e-8);
}
