import type { Look } from '../../figures/panel.ts';
import type { Estimator } from './estimators.ts';

/** An estimator looks the same in every panel and table. */
export const looks = {
  k1: { tone: 4, dash: 0 },
  k2: { tone: 2, dash: 1 },
  k3: { tone: 3, dash: 3 },
} as const satisfies Record<Estimator, Look>;
