/** A linear scale from a domain to a range, and its round ticks. */
export interface Scale {
  (value: number): number;
  ticks: number[];
}

/**
 * @param domain smallest and greatest value; equal ones are spread by 1
 * @param range where they stand, in user units of the drawing
 * @param count about how many ticks
 */
export function linearScale(domain: [number, number], range: [number, number], count = 5): Scale {
  const [low, high] = domain[0] === domain[1] ? [domain[0] - 0.5, domain[1] + 0.5] : domain;
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const ticks: number[] = [];
  for (let i = Math.ceil(low / step); i * step <= high + step * 1e-9; i += 1) {
    ticks.push(Number((i * step).toPrecision(12)));
  }
  const scale = (value: number) => range[0] + ((value - low) / (high - low)) * (range[1] - range[0]);
  return Object.assign(scale, { ticks });
}
