import { formatFixed } from './number.ts';
import { escapeMarkup } from './panel-markup.ts';
import { round } from './path.ts';
import {
  column,
  type PlacedStrip,
  placeStrips,
  type StripChart,
  type StripMark,
  stripDecimals,
  stripSize,
} from './strips.ts';

/** What stands inside a strip chart's `<svg>`: the same when the site is built and when an explorer draws anew. */
export function stripsMarkup(chart: StripChart): string {
  const { columns } = chart;
  const decimals = stripDecimals(chart);
  const heads = columns.map((name, i) => text(name, column(i, columns.length).x, 29, 'fig-tick fig-middle'));
  return [
    text(chart.heading, stripSize.left, 12, 'fig-heading'),
    ...heads,
    ...placeStrips(chart).map((placed, i) => stripMarkup(placed, columns.length, decimals[i] ?? 0)),
  ].join('');
}

function stripMarkup({ strip, heading, y, numbers }: PlacedStrip, count: number, decimals: number): string {
  const places = strip.values.map((value, i) => ({ value, ...column(i, count) }));
  const shown = places.filter(({ value }) => Number.isFinite(value));
  const zero = round(y(0));
  const bars = shown
    .map(({ value, x, width }) => {
      const half = Math.min(14, width * 0.3);
      return `M${round(x - half)} ${zero}V${round(y(value))}H${round(x + half)}V${zero}Z`;
    })
    .join('');
  const labels = shown.map(({ value, x }) =>
    text(formatFixed(value, decimals), x, numbers, 'fig-tick fig-middle'),
  );
  const marks = (strip.marks ?? []).map((mark) => markMarkup(mark, y, count));
  return [
    text(strip.name, stripSize.left, heading, 'fig-strip'),
    legend(strip.marks ?? [], heading),
    `<path class="fig-bar tone-${strip.tone}" d="${bars}"/>`,
    `<path class="fig-axis" d="M${stripSize.left} ${zero}H${stripSize.right}"/>`,
    ...marks,
    ...labels,
  ].join('');
}

function markMarkup({ values, dash }: StripMark, y: (value: number) => number, count: number): string {
  const lines = values.map((value, i) => {
    const { x, width } = column(i, count);
    const half = Math.min(18, width * 0.42);
    return Number.isFinite(value) ? `M${round(x - half)} ${round(y(value))}h${round(2 * half)}` : '';
  });
  return `<path class="fig-mark dash-${dash}" d="${lines.join('')}"/>`;
}

/** What the marks stand for, at the right of the strip's heading. */
function legend(marks: readonly StripMark[], y: number): string {
  let right = stripSize.right;
  return [...marks]
    .reverse()
    .map(({ name, dash }) => {
      const label = text(name, right, y, 'fig-tick fig-end');
      const start = right - 6 * name.length - 24;
      right = start - 10;
      return `${label}<path class="fig-mark dash-${dash}" d="M${round(start)} ${round(y - 3.5)}h20"/>`;
    })
    .join('');
}

function text(content: string, x: number, y: number, classes: string): string {
  return `<text class="${classes}" x="${round(x)}" y="${round(y)}">${escapeMarkup(content)}</text>`;
}
