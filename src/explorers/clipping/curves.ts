import { formatNumber } from '../../figures/number.ts';
import type { Line } from '../../figures/panel.ts';
import { sample } from '../../figures/sample.ts';
import type { Interval } from '../../figures/scale.ts';
import { niceDomain } from '../../figures/ticks.ts';
import type { CursorPanel } from '../cursor-panel.ts';
import { methodOf } from './catalogue.ts';
import type { TokenValue } from './objectives.ts';
import { type ClipView, leastRatio } from './view.ts';

export const signs = [1, -1] as const;

/** The panels in the order of the page: for each quantity, the good answer and the bad one. */
const quantities = ['objective', 'push'] as const satisfies readonly (keyof TokenValue)[];

const names = { objective: 'objective', push: 'push on log π' } as const;

/** Four panels; those of a quantity that the view does not show are hidden. */
export function clipPanels(view: ClipView): CursorPanel[] {
  return quantities.flatMap((quantity) =>
    signs.map((sign) =>
      view.show === 'both' || view.show === quantity
        ? panel(view, quantity, sign)
        : { spec: empty, description: '', hidden: true },
    ),
  );
}

const empty = {
  x: { domain: [0, 1], label: '' },
  y: { domain: [0, 1], label: '' },
  lines: [],
  labels: false,
} as const;

function panel(view: ClipView, quantity: keyof TokenValue, sign: 1 | -1): CursorPanel {
  const range: Interval = [leastRatio, view.span];
  const curves = view.methods.map((name) => {
    const { label, look, objective } = methodOf(name);
    return { name: label, look, f: (ratio: number) => objective(ratio, sign, view)[quantity] };
  });
  const ratios = Array.from({ length: 101 }, (_, i) => leastRatio + (i / 100) * (view.span - leastRatio));
  const domain = niceDomain([0, ...curves.flatMap(({ f }) => ratios.map(f))].filter(Number.isFinite), 5);
  const tolerance = (domain[1] - domain[0]) / 400;
  const lines = curves.map(
    ({ name, look, f }): Line => ({ name, points: sample(f, range, tolerance), ...look }),
  );
  const answer = sign === 1 ? 'good answer (A = +1)' : 'bad answer (A = −1)';
  return {
    spec: {
      x: { domain: [0, view.span], label: 'ratio ρ of the token' },
      y: { domain, label: `${names[quantity]}, ${answer}` },
      lines,
      labels: true,
    },
    description: `${quantity} of a token of a ${answer}, for ratios from 0 to ${view.span}: ${curves.map(({ name, f }) => `${name} ${formatNumber(f(1))} at 1, ${formatNumber(f(view.span))} at ${view.span}`).join('; ')}.`,
    cursor: {
      x: view.ratio,
      values: lines.map((line, i) => ({ line, y: curves[i]?.f(view.ratio) ?? Number.NaN })),
    },
  };
}
