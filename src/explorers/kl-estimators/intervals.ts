import { formatNumber, tickLabels } from '../../figures/number.ts';
import { bottom, size } from '../../figures/panel.ts';
import { round } from '../../figures/path.ts';
import { linearScale } from '../../figures/scale.ts';
import { niceDomain, ticks } from '../../figures/ticks.ts';
import { type Averaged, averaged } from './averaged.ts';
import { divergence } from './distributions.ts';
import { looks } from './looks.ts';
import { distributionsOf, type KLView } from './view.ts';

const left = 34;
const right = size.width - 14;
const rowsTop = 58;
const rowHeight = 54;

/** Where averages lie, as `<svg>`. */
export function intervalsSvg(view: KLView): string {
  const id = 'kl-estimators-intervals';
  return `<svg class="panel" viewBox="0 0 ${size.width} ${size.height}" role="img" aria-labelledby="${id}-title ${id}-description"><title id="${id}-title">Where the average of ${view.samples} estimates lies</title><desc id="${id}-description">${describeIntervals(view)}</desc>${intervals(view)}</svg>`;
}

/** A bar of two deviations about each mean, a dot for the draw, a line at the KL. */
function intervals(view: KLView): string {
  const { logPi, logRef } = distributionsOf(view);
  const kl = divergence(logPi, logRef);
  const rows = averaged(view);
  const ends = rows.flatMap(({ mean, ofMean, drawn }) => [mean - 2 * ofMean, mean + 2 * ofMean, drawn]);
  const domain = niceDomain([0, kl, ...ends], 5);
  const x = linearScale(domain, [left, right]);
  const at = ticks(domain, 5);
  const labels = tickLabels(at);
  const tickMarks = at.map((value) => `M${round(x(value))} ${bottom}v4`).join('');
  const tickTexts = at.map((value, i) => text('fig-tick fig-middle', x(value), bottom + 16, labels[i] ?? ''));
  return [
    `<path class="fig-axis" d="M${left} ${bottom}H${right}${tickMarks}"/>`,
    ...tickTexts,
    text('fig-heading', 2, 14, `Mean of ${view.samples === 1 ? 'one token' : `${view.samples} tokens`}`),
    text('fig-tick fig-end', right, bottom + 32, 'estimate, nats; line: the KL'),
    `<path class="fig-cursor" d="M${round(x(kl))} 26V${bottom}"/>`,
    ...rows.map((row, i) => rowMarkup(row, rowsTop + i * rowHeight, x)),
  ].join('');
}

function rowMarkup({ kind, mean, ofMean, drawn }: Averaged, y: number, x: (value: number) => number): string {
  const { tone } = looks[kind];
  const [from, to] = [round(x(mean - 2 * ofMean)), round(x(mean + 2 * ofMean))];
  return [
    text(`fig-name tone-${tone}`, 8, y + 3.5, kind),
    `<path class="fig-line tone-${tone}" d="M${from} ${y}H${to}M${from} ${y - 5}v10M${to} ${y - 5}v10M${round(x(mean))} ${y - 9}v18"/>`,
    `<circle class="fig-dot tone-${tone}" cx="${round(x(drawn))}" cy="${y - 15}" r="3"/>`,
  ].join('');
}

/** The same in words. */
function describeIntervals(view: KLView): string {
  const { logPi, logRef } = distributionsOf(view);
  const rows = averaged(view).map(
    ({ kind, mean, ofMean, drawn }) =>
      `${kind}: mean ${formatNumber(mean)}, deviation of the average ${formatNumber(ofMean)}, this draw ${formatNumber(drawn)}`,
  );
  return `The KL is ${formatNumber(divergence(logPi, logRef))} nats. ${rows.join('; ')}.`;
}

function text(classes: string, x: number, y: number, content: string): string {
  return `<text class="${classes}" x="${round(x)}" y="${round(y)}">${content}</text>`;
}
