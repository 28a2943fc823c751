import { drawnMeans } from './draw.ts';
import { type Estimator, estimators, qualityOf } from './estimators.ts';
import { distributionsOf, type KLView } from './view.ts';

/** An estimator averaged over the view's tokens. */
export interface Averaged {
  kind: Estimator;
  mean: number;
  bias: number;
  /** The standard deviation of one token's estimate, and of the average. */
  deviation: number;
  ofMean: number;
  /** What the shown draw gives. */
  drawn: number;
}

/** Each estimator over the view's distributions, in the order of `estimators`. */
export function averaged(view: KLView): Averaged[] {
  const { logPi, logRef } = distributionsOf(view);
  const drawn = drawnMeans(logPi, logRef, view.samples, view.seed);
  return estimators.map((kind) => {
    const quality = qualityOf(kind, logPi, logRef);
    return { kind, ...quality, ofMean: quality.deviation / Math.sqrt(view.samples), drawn: drawn[kind] };
  });
}
