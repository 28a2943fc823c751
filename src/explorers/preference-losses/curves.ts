import { formatNumber } from '../../figures/number.ts';
import type { Line } from '../../figures/panel.ts';
import { sample } from '../../figures/sample.ts';
import type { Interval } from '../../figures/scale.ts';
import { niceDomain } from '../../figures/ticks.ts';
import type { CursorPanel } from '../cursor-panel.ts';
import { type LossName, lookOf, lossOf } from './catalogue.ts';
import type { LossSettings, LossValue } from './dpo-losses.ts';
import type { LossView } from './view.ts';

/** A loss on the path where both answers move equally far: ℓ_w = Δ/2, ℓ_l = -Δ/2. */
export interface PathValue extends LossValue {
  /** The derivative along the path, dL/dΔ, a nat. */
  slope: number;
}

export function settingsOf({ beta, labelSmoothing, simpoGamma, z0, tokens }: LossView): LossSettings {
  return { beta, labelSmoothing, simpoGamma, z0, chosenTokens: tokens, rejectedTokens: tokens };
}

/**
 * The loss at a margin, in nats, in the view's scale. Losses that judge the answers apart are no functions of
 * the margin: they need the path. For the others it makes no difference.
 */
export function alongPath(name: LossName, margin: number, view: LossView): PathValue {
  const settings = settingsOf(view);
  const loss = lossOf(name);
  const { loss: value, byChosen, byRejected } = loss(margin / 2, -margin / 2, settings);
  const unit = view.scale === 'relative' ? loss(0, 0, settings).loss : 1;
  return {
    loss: value / unit,
    byChosen: byChosen / unit,
    byRejected: byRejected / unit,
    slope: (byChosen - byRejected) / 2 / unit,
  };
}

/** The two panels of a view: the losses, and their slopes, against the margin. */
export function lossPanels(view: LossView): readonly [loss: CursorPanel, slope: CursorPanel] {
  const relative = view.scale === 'relative' ? ', share of the first loss' : '';
  return [
    panel(view, 'loss', `Loss of a pair${relative}`, 'Losses'),
    panel(view, 'slope', `Slope dL/dΔ per nat${relative}`, 'Slopes'),
  ];
}

function panel(view: LossView, quantity: 'loss' | 'slope', label: string, what: string): CursorPanel {
  const range: Interval = [-view.span, view.span];
  const curves = view.losses.map((name) => ({
    name,
    f: (margin: number) => alongPath(name, margin, view)[quantity],
  }));
  const domain = heights(
    curves.map(({ f }) => f),
    range,
  );
  const tolerance = (domain[1] - domain[0]) / 250;
  const lines = curves.map(
    ({ name, f }): Line => ({ name, points: sample(f, range, tolerance), ...lookOf(name) }),
  );
  return {
    spec: {
      x: { domain: range, label: 'margin Δ, nats' },
      y: { domain, label },
      lines,
      labels: true,
    },
    description: `${what} from a margin of ${formatNumber(-view.span)} to ${formatNumber(view.span)} nats: ${view.losses.join(', ')}; ${settingsText(view)}.`,
    cursor: {
      x: view.margin,
      values: lines.map((line, i) => ({ line, y: curves[i]?.f(view.margin) ?? Number.NaN })),
    },
  };
}

/** The settings that the curves were drawn with. */
export function settingsText({ losses, beta, labelSmoothing, simpoGamma, z0, tokens }: LossView): string {
  return [
    `β = ${formatNumber(beta)}`,
    `ε = ${formatNumber(labelSmoothing)}`,
    ...(losses.includes('simpo') ? [`γ = ${formatNumber(simpoGamma)}`] : []),
    ...(losses.includes('kto') ? [`z₀ = ${formatNumber(z0)} nats`] : []),
    `${tokens} ${tokens === 1 ? 'token' : 'tokens'} per answer`,
  ].join(', ');
}

/** The extent of all curves and of zero. Dense near margin 0, where some curves have a narrow bump. */
function heights(curves: readonly ((margin: number) => number)[], [, span]: Interval): Interval {
  const margins = Array.from({ length: 81 }, (_, i) => span * ((i - 40) / 40) ** 3);
  return niceDomain([0, ...curves.flatMap((f) => margins.map(f))].filter(Number.isFinite), 5);
}
