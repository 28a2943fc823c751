import { formatNumber } from '../../figures/number.ts';
import type { Line, Look } from '../../figures/panel.ts';
import { sample } from '../../figures/sample.ts';
import type { Interval } from '../../figures/scale.ts';
import { niceDomain } from '../../figures/ticks.ts';
import type { CursorPanel } from '../cursor-panel.ts';
import { type ClipMethod, type ClipName, clipMethods } from './methods.ts';
import { type ClipView, least } from './view.ts';

const looks: Record<ClipName, Look> = {
  clip: { tone: 1, dash: 0 },
  'clip-higher': { tone: 2, dash: 1 },
  'two-sided': { tone: 5, dash: 1 },
  sequence: { tone: 6, dash: 4 },
  cispo: { tone: 3, dash: 4 },
  sapo: { tone: 4, dash: 2 },
  vespo: { tone: 5, dash: 3 },
  unclipped: { tone: 'reference', dash: 2 },
};

export function lookOf(name: ClipName): Look {
  return looks[name];
}

/** What is drawn: minus the loss, or minus its derivative. */
export type Quantity = keyof ClipMethod;

/** The quantities of the panels, in the order of the page; each has a panel of a good and of a bad answer. */
export const quantities = ['objective', 'push'] as const;

export function shows(view: ClipView, quantity: Quantity): boolean {
  return view.show === quantity || view.show === 'both';
}

/** A panel of a good answer, A = 1, and one of a bad one, A = -1, for each quantity; hidden where not shown. */
export function clipPanels(view: ClipView): CursorPanel[] {
  return quantities.flatMap((quantity) =>
    shows(view, quantity)
      ? [panel(view, quantity, 1, 'good answer, A = 1'), panel(view, quantity, -1, 'bad answer, A = −1')]
      : [hiddenPanel, hiddenPanel],
  );
}

const hiddenPanel: CursorPanel = {
  spec: {
    x: { domain: [0, 1], label: '' },
    y: { domain: [0, 1], label: '' },
    lines: [],
    labels: false,
  },
  description: '',
  hidden: true,
};

function panel(view: ClipView, quantity: Quantity, advantage: number, whose: string): CursorPanel {
  const range: Interval = [0, view.span];
  const curves = view.methods.map((name) => ({
    name,
    f: (ratio: number) => clipMethods[name][quantity](ratio, advantage, view),
  }));
  const ratios = Array.from({ length: 61 }, (_, i) => least + (i / 60) * (view.span - least));
  const domain = niceDomain([0, ...curves.flatMap(({ f }) => ratios.map(f))].filter(Number.isFinite), 5);
  const tolerance = (domain[1] - domain[0]) / 250;
  const lines = curves.map(
    ({ name, f }): Line => ({ name, points: sample(f, [least, view.span], tolerance), ...lookOf(name) }),
  );
  const what = quantity === 'push' ? 'push on log π' : 'objective less its value at ρ = 1';
  return {
    spec: {
      x: { domain: range, label: 'ratio ρ' },
      y: { domain, label: `${what}, ${whose}` },
      lines,
      labels: true,
    },
    description: `${what} against ratios from 0 to ${view.span}, ${whose}: ${view.methods.join(', ')}; ${settingsText(view)}.`,
    cursor: {
      x: view.ratio,
      values: lines.map((line, i) => ({ line, y: curves[i]?.f(view.ratio) ?? Number.NaN })),
    },
  };
}

/** The settings of the methods that are drawn. */
export function settingsText(view: ClipView): string {
  const has = (...names: ClipName[]) => names.some((name) => view.methods.includes(name));
  const n = (value: number) => formatNumber(value);
  return [
    ...(has('clip', 'clip-higher', 'two-sided') ? [`ε = ${n(view.eps)}`] : []),
    ...(has('clip-higher') ? [`ε high = ${n(view.epsHigh)}`] : []),
    ...(has('two-sided') ? [`δ = ${n(view.delta)}`] : []),
    ...(has('sequence') ? [`ε = ${n(view.seqEps)} over ${view.tokens} tokens`] : []),
    ...(has('cispo') ? [`cap ${n(view.cap)}`] : []),
    ...(has('sapo') ? [`τ = ${n(view.tauPos)} and ${n(view.tauNeg)}`] : []),
    ...(has('vespo')
      ? [`k = ${n(view.kPos)} and ${n(view.kNeg)}, λ = ${n(view.lamPos)} and ${n(view.lamNeg)}`]
      : []),
  ].join(', ');
}
