import type { Line, PanelSpec } from '../../figures/panel.ts';
import type { Point } from '../../figures/path.ts';
import { sample } from '../../figures/sample.ts';
import type { Interval } from '../../figures/scale.ts';
import { niceDomain } from '../../figures/ticks.ts';
import { tokenCount, tokenNumbers } from './distributions.ts';
import {
  type Estimator,
  estimate,
  estimators,
  gradientOf,
  gradientOfKl,
  logRatios,
  type Use,
} from './estimators.ts';
import { distributionsOf, type KLView } from './view.ts';

/** An estimator looks the same in every panel and table. */
export const looks = {
  k1: { tone: 4, dash: 0 },
  k2: { tone: 2, dash: 1 },
  k3: { tone: 3, dash: 3 },
} as const satisfies Record<Estimator, Pick<Line, 'tone' | 'dash'>>;

export interface KLPanels {
  tokens: PanelSpec;
  estimates: PanelSpec;
  gradients: PanelSpec;
}

/** The two distributions, what a token says about the KL, and the gradient that each use follows. */
export function klPanels(view: KLView): KLPanels {
  return { tokens: tokens(view), estimates: estimates(view), gradients: gradients(view) };
}

const positions: Interval = [1, tokenCount];

function tokens(view: KLView): PanelSpec {
  const { logPi, logRef } = distributionsOf(view);
  const lines: Line[] = [
    { name: 'policy', tone: 'policy', dash: 0, points: byToken(logPi.map(Math.exp)), dotted: true },
    { name: 'reference', tone: 'reference', dash: 1, points: byToken(logRef.map(Math.exp)), dotted: true },
  ];
  return byTokens(lines, 'Probability of a token');
}

function estimates(view: KLView): PanelSpec {
  const { logPi, logRef } = distributionsOf(view);
  // Of tokens that the policy hardly writes, the log-ratio is nobody's concern.
  const met = logRatios(logPi, logRef).filter((_, i) => Math.exp(logPi[i] ?? 0) > 0.002);
  const reach = Math.max(1, ...met.map(Math.abs));
  const domain = niceDomain([-reach, reach], 5);
  const height = niceDomain([-0.6 * reach, Math.min(estimate('k3', -reach), 2 * reach)], 5);
  return {
    x: { domain, label: 'log π − log π_ref of the token, nats' },
    y: { domain: height, label: 'Estimate of the KL, nats' },
    lines: estimators.map((kind) => ({
      name: kind,
      points: sample((x) => estimate(kind, x), domain, (height[1] - height[0]) / 500),
      ...looks[kind],
    })),
    labels: true,
  };
}

/** Those that differ from one another, and one of those that agree with the KL. */
export const drawnUses = ['k1 in the loss', 'k2 in the loss', 'k3 in the loss', 'k3 in the reward'] as const;

const useLooks: Record<(typeof drawnUses)[number], Pick<Line, 'name' | 'tone' | 'dash'>> = {
  'k1 in the loss': { name: 'k1, loss', ...looks.k1 },
  'k2 in the loss': { name: 'k2, loss', ...looks.k2 },
  'k3 in the loss': { name: 'k3, loss', ...looks.k3 },
  'k3 in the reward': { name: 'k3, reward', tone: 5, dash: 2 },
};

function gradients(view: KLView): PanelSpec {
  const { logPi, logRef } = distributionsOf(view);
  const lines: Line[] = [
    { name: '∇KL', tone: 'policy', dash: 0, points: byToken(gradientOfKl(logPi, logRef)), dotted: true },
    ...drawnUses.map((use: Use & keyof typeof useLooks) => ({
      ...useLooks[use],
      points: byToken(gradientOf(use, logPi, logRef)),
    })),
  ];
  return byTokens(lines, 'Mean gradient by a token’s logit');
}

function byTokens(lines: Line[], label: string): PanelSpec {
  const domain = niceDomain([0, ...lines.flatMap(({ points }) => points.map(([, y]) => y))], 5);
  return {
    x: { domain: positions, label: 'token' },
    y: { domain, label },
    lines,
    labels: true,
  };
}

function byToken(values: readonly number[]): Point[] {
  return tokenNumbers.map((token, i) => [token, values[i] ?? 0]);
}
