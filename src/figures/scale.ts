/** A linear map from data to a length on the page, and back. */
export interface Scale {
  (value: number): number;
  /** The data value at a position. */
  invert: (position: number) => number;
  domain: Interval;
}

export type Interval = readonly [from: number, to: number];

/** Maps `domain` onto `range`. Throws when the domain has no extent: nothing can be drawn on it. */
export function linearScale(domain: Interval, range: Interval): Scale {
  const extent = domain[1] - domain[0];
  if (!(Math.abs(extent) > 0)) {
    throw new Error(`linearScale: expected a domain with two different ends, found ${domain.join(' and ')}`);
  }
  const factor = (range[1] - range[0]) / extent;
  return Object.assign((value: number) => range[0] + (value - domain[0]) * factor, {
    invert: (position: number) => domain[0] + (position - range[0]) / factor,
    domain,
  });
}
