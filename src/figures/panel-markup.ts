import { bottom, type Line, layoutPanel, type Panel, type PanelSpec, top } from './panel.ts';
import { lineEnd, linePath, type Point, round } from './path.ts';
import { spread } from './spread.ts';

/*
 * A panel as SVG text: the same markup when the site is built and when an explorer draws anew. Classes only, for
 * colours follow the theme and a strict content security policy allows no style attributes.
 */

const labelGap = 12;

/** What stands inside the panel's `<svg>`. */
export function panelMarkup(spec: PanelSpec): string {
  const panel = layoutPanel(spec);
  return (
    axes(panel) + spec.lines.map((line) => drawn(line, panel)).join('') + (spec.labels ? labels(panel) : '')
  );
}

/** A vertical line at `x` with a dot on every line's value there; nothing beyond the panel. */
export function cursorMarkup(
  spec: PanelSpec,
  x: number,
  values: readonly { line: Line; y: number }[],
): string {
  const panel = layoutPanel(spec);
  const dots = values
    .map(({ line, y }) => ({ line, position: panel.y(y) }))
    .filter(({ position }) => position >= top && position <= bottom)
    .map(({ line, position }) => dot([panel.x(x), position], line));
  return `<path class="fig-cursor" d="M${round(panel.x(x))} ${top}V${bottom}"/>${dots.join('')}`;
}

function axes({ spec, left, right, xTicks, yTicks, x, y }: Panel): string {
  const grid = yTicks.map(({ position }) => `M${round(left)} ${round(position)}H${round(right)}`).join('');
  const marks = xTicks.map(({ position }) => `M${round(position)} ${bottom}v4`).join('');
  const zeros = [
    within(0, spec.x.domain) ? `M${round(x(0))} ${top}V${bottom}` : '',
    within(0, spec.y.domain) ? `M${round(left)} ${round(y(0))}H${round(right)}` : '',
  ].join('');
  const yLabels = yTicks.map((tick) => text(tick.label, left - 7, tick.position + 3.5, 'fig-tick fig-end'));
  const xLabels = xTicks.map((tick) => text(tick.label, tick.position, bottom + 16, 'fig-tick fig-middle'));
  return [
    `<path class="fig-grid" d="${grid}"/>`,
    zeros && `<path class="fig-zero" d="${zeros}"/>`,
    `<path class="fig-axis" d="M${round(left)} ${bottom}H${round(right)}${marks}"/>`,
    ...yLabels,
    ...xLabels,
    text(spec.y.label, 2, 14, 'fig-heading'),
    text(spec.x.label, right, bottom + 32, 'fig-tick fig-end'),
  ].join('');
}

function within(value: number, [from, to]: readonly [number, number]): boolean {
  return from < value && value < to;
}

function drawn(line: Line, panel: Panel): string {
  const points = placed(line, panel);
  const d = linePath(points, top, bottom);
  const dots = line.dotted ? points.map((point) => dot(point, line)).join('') : '';
  return d && `${dots}<path class="fig-line ${style(line)}${line.faint ? ' fig-faint' : ''}" d="${d}"/>`;
}

/** Names at the lines' ends, moved apart where they would touch, with a thread to the end that is meant. */
function labels(panel: Panel): string {
  const ends = panel.spec.lines.flatMap((line) => {
    const end = line.faint ? undefined : lineEnd(placed(line, panel), top, bottom);
    return end ? [{ line, end }] : [];
  });
  const heights = spread(
    ends.map(({ end }) => end[1]),
    labelGap,
    top,
    bottom,
  );
  const at = panel.right + 9;
  return ends
    .map(({ line, end }, i) => {
      const y = heights[i] ?? end[1];
      const thread = `<path class="fig-thread" d="M${round(end[0] + 3)} ${round(end[1])}L${round(at - 2)} ${round(y)}"/>`;
      return thread + dot(end, line) + text(line.name, at, y + 3.5, `fig-name ${style(line)}`);
    })
    .join('');
}

function placed({ points }: Line, { x, y }: Panel): Point[] {
  return points.map(([a, b]) => [x(a), y(b)]);
}

function style({ tone, dash }: Line): string {
  return `tone-${tone} dash-${dash}`;
}

function dot([x, y]: Point, { tone }: Line): string {
  return `<circle class="fig-dot tone-${tone}" cx="${round(x)}" cy="${round(y)}" r="2.4"/>`;
}

function text(content: string, x: number, y: number, classes: string): string {
  return `<text class="${classes}" x="${round(x)}" y="${round(y)}">${escapeMarkup(content)}</text>`;
}

/** Text safe inside an element and a quoted attribute. */
export function escapeMarkup(content: string): string {
  return content.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
