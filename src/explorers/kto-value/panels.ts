import type { Line, PanelSpec } from '../../figures/panel.ts';
import { sample } from '../../figures/sample.ts';
import { niceDomain } from '../../figures/ticks.ts';
import type { CursorPanel } from '../cursor-panel.ts';
import { answerValue, type KTOSettings, prospectValue, scaledLogistic } from './value.ts';
import { type KTOView, span } from './view.ts';
import { describe, describeHuman } from './words.ts';

const gains = [-3, 3] as const;

/** How people value gains, what KTO makes of an answer, and how hard it pushes. */
export function ktoPanels(
  view: KTOView,
): readonly [human: CursorPanel, value: CursorPanel, push: CursorPanel] {
  return [human(view), model(view, 'value'), model(view, 'push')];
}

function human(view: KTOView): CursorPanel {
  const curves: readonly Curve[] = [
    { name: 'prospect theory', tone: 4, dash: 0, f: (gain) => prospectValue(gain, view) },
    { name: 'logistic', tone: 'policy', dash: 1, f: scaledLogistic },
  ];
  return {
    spec: panel(curves, gains, 'gain over what was expected', 'Value of an outcome, to people'),
    description: describeHuman(view),
  };
}

function model(view: KTOView, quantity: 'value' | 'push'): CursorPanel {
  const of =
    (wanted: boolean, settings: KTOSettings = view) =>
    (logRatio: number) =>
      answerValue(logRatio, wanted, settings)[quantity];
  const still = { ...view, z0: 0 };
  const curves: readonly Curve[] = [
    { name: 'wanted', tone: 'chosen', dash: 0, f: of(true) },
    { name: 'unwanted', tone: 'rejected', dash: 1, f: of(false) },
    // Where z₀ = 0 would put them, faint.
    { name: 'wanted', tone: 'chosen', dash: 0, faint: true, f: of(true, still) },
    { name: 'unwanted', tone: 'rejected', dash: 1, faint: true, f: of(false, still) },
  ];
  const label = quantity === 'value' ? 'Value of an answer, to KTO' : 'Push on its log-probability, −dL/dℓ';
  const spec = panel(curves, span, 'log-ratio ℓ, nats', label);
  return {
    spec,
    description: describe(view, quantity),
    cursor: {
      x: view.logRatio,
      values: spec.lines
        .filter(({ faint }) => !faint)
        .map((line, i) => ({ line, y: curves[i]?.f(view.logRatio) ?? Number.NaN })),
    },
  };
}

interface Curve extends Omit<Line, 'points'> {
  f: (x: number) => number;
}

function panel(curves: readonly Curve[], range: readonly [number, number], x: string, y: string): PanelSpec {
  const [from, to] = range;
  const grid = Array.from({ length: 141 }, (_, i) => from + ((to - from) * i) / 140);
  const domain = niceDomain([0, ...curves.flatMap(({ f }) => grid.map(f))], 5);
  const tolerance = (domain[1] - domain[0]) / 500;
  return {
    x: { domain: range, label: x },
    y: { domain, label: y },
    lines: curves.map(({ f, ...line }) => ({ ...line, points: sample(f, range, tolerance) })),
    labels: true,
  };
}
