import type { Line } from '../../figures/panel.ts';
import type { Point } from '../../figures/path.ts';
import { sample } from '../../figures/sample.ts';
import { niceDomain } from '../../figures/ticks.ts';
import type { CursorPanel } from '../cursor-panel.ts';
import { tokenCount, tokenNumbers } from './distributions.ts';
import { estimate, estimators, gradientOf, gradientOfKl, logRatios } from './estimators.ts';
import { looks } from './looks.ts';
import { distributionsOf, type KLView } from './view.ts';
import { settingsText, tokenInWords } from './words.ts';

/** The two distributions, what a token says about the KL, and the gradient that each use follows. */
export function klPanels(
  view: KLView,
): readonly [tokens: CursorPanel, estimates: CursorPanel, gradients: CursorPanel] {
  return [tokens(view), estimates(view), gradients(view)];
}

function tokens(view: KLView): CursorPanel {
  const { logPi, logRef } = distributionsOf(view);
  const lines: Line[] = [
    { name: 'policy', tone: 'policy', dash: 0, points: byToken(logPi.map(Math.exp)), dotted: true },
    { name: 'reference', tone: 'reference', dash: 1, points: byToken(logRef.map(Math.exp)), dotted: true },
  ];
  return byTokens(view, lines, 'Probability of a token', settingsText(view));
}

function estimates(view: KLView): CursorPanel {
  const { logPi, logRef } = distributionsOf(view);
  const ratios = logRatios(logPi, logRef);
  const at = ratios[view.token - 1] ?? 0;
  // Of tokens that the policy hardly writes, the log-ratio is nobody's concern, unless the reader looks at one.
  const met = ratios.filter((_, i) => Math.exp(logPi[i] ?? 0) > 0.002);
  const reach = Math.max(0.5, ...[...met, at].map(Math.abs));
  const domain = niceDomain([-reach, reach], 5);
  const height = niceDomain([-0.6 * reach, Math.min(estimate('k3', -reach), 2 * reach)], 5);
  const lines = estimators.map(
    (kind): Line => ({
      name: kind,
      points: sample((x) => estimate(kind, x), domain, (height[1] - height[0]) / 500),
      ...looks[kind],
    }),
  );
  return {
    spec: {
      x: { domain, label: 'log π − log π_ref of the token, nats' },
      y: { domain: height, label: 'What one token says about the KL, nats' },
      lines,
      labels: true,
    },
    description: `k1 is a straight line, k2 a parabola, k3 touches both at 0 and rises steeply to the left. The cursor is at ${tokenInWords(view)}.`,
    cursor: {
      x: at,
      values: lines.map((line, i) => ({ line, y: estimate(estimators[i] ?? 'k1', at) })),
    },
    valueAt: (x) => nearest(ratios, x) + 1,
  };
}

/** The index of the value nearest to `x`. */
function nearest(values: readonly number[], x: number): number {
  const gaps = values.map((value) => Math.abs(value - x));
  return gaps.indexOf(Math.min(...gaps));
}

/** Those that differ from one another, and one of those that agree with the KL. */
export const drawnUses = ['k1 in the loss', 'k2 in the loss', 'k3 in the loss', 'k3 in the reward'] as const;

const useLooks: Record<(typeof drawnUses)[number], Pick<Line, 'name' | 'tone' | 'dash'>> = {
  'k1 in the loss': { name: 'k1, loss', ...looks.k1 },
  'k2 in the loss': { name: 'k2, loss', ...looks.k2 },
  'k3 in the loss': { name: 'k3, loss', ...looks.k3 },
  'k3 in the reward': { name: 'k3, reward', tone: 5, dash: 2 },
};

function gradients(view: KLView): CursorPanel {
  const { logPi, logRef } = distributionsOf(view);
  const lines: Line[] = [
    { name: '∇KL', tone: 'policy', dash: 0, points: byToken(gradientOfKl(logPi, logRef)), dotted: true },
    ...drawnUses.map((use) => ({ ...useLooks[use], points: byToken(gradientOf(use, logPi, logRef)) })),
  ];
  return byTokens(
    view,
    lines,
    'Mean gradient by a token’s logit',
    'k2 in the loss lies on the gradient of the KL, k1 in the loss on zero; k3 in the loss and k3 in the reward on neither. Lengths and angles stand in the table.',
  );
}

function byTokens(view: KLView, lines: Line[], label: string, description: string): CursorPanel {
  const domain = niceDomain([0, ...lines.flatMap(({ points }) => points.map(([, y]) => y))], 5);
  return {
    spec: { x: { domain: [1, tokenCount], label: 'token' }, y: { domain, label }, lines, labels: true },
    description,
    cursor: {
      x: view.token,
      values: lines.map((line) => ({ line, y: line.points[view.token - 1]?.[1] ?? Number.NaN })),
    },
  };
}

function byToken(values: readonly number[]): Point[] {
  return tokenNumbers.map((token, i) => [token, values[i] ?? 0]);
}
