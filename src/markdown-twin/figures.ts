import type { RootContent } from 'mdast';
import type { ContentSource } from '../collections/content-source.ts';
import { curveNumbers } from '../figures/curve-panels.ts';
import { runPanels } from '../figures/run-panels.ts';
import { selectRuns } from '../figures/select-runs.ts';
import { attributeOf, type JsxElement } from '../markdown/jsx.ts';
import type { RunWish } from '../markdown/run-mistakes.ts';
import { code, emphasis, list, paragraph, table } from './nodes.ts';

/** Rows of a figure's table: its ends and what lies between. */
const few = 5;

/** A figure of functions: its caption, and a short table of each panel. */
export function curvePlotNodes(node: JsxElement, { curves }: ContentSource): RootContent[] {
  const name = attributeOf(node, 'name') ?? '';
  const plot = curves.find((each) => each.name === name);
  const title = sentence(attributeOf(node, 'title') ?? '');
  const caption = paragraph(emphasis(`Figure. ${title}`), ' Computed by ', code(`content/curves/${name}.py`));
  const tables = (plot?.panels ?? []).map((panel) => {
    const { heads, rows } = curveNumbers(panel, few);
    const corner = heads.length === 1 && heads[0] === panel.y ? panel.x : `${panel.x} → ${panel.y}`;
    return table(
      [[corner, ...heads], ...rows.map(({ x, values }) => [x, ...values])].map((cells) =>
        cells.map((value) => [{ type: 'text', value }]),
      ),
    );
  });
  return [caption, ...tables];
}

/** Curves of recorded runs: the caption, where they come from, and the first and last value of each series. */
export function runPlotNodes(
  { title, ...wish }: RunWish & { title: string },
  { runs: recorded }: ContentSource,
): RootContent[] {
  const runs = selectRuns(recorded, wish, title);
  const distinct = (values: readonly (string | number | undefined)[]) => [...new Set(values)].join(', ');
  const commands = runs.map(({ script, args }) => `\`${[`${script}.py`, ...args].join(' ')}\``).join(', ');
  const from = [
    `Recorded with TRL ${distinct(runs.map(({ versions }) => versions.trl))}`,
    `seed ${distinct(runs.map(({ seed }) => seed))}`,
    `${distinct(runs.map(({ seconds }) => `${Math.round(seconds)} s`))} on ${distinct(runs.map(({ hardware }) => hardware))}`,
    distinct(runs.map(({ date }) => date)),
    commands,
  ].join(', ');
  const panels = runPanels(runs, wish.series, false);
  return [
    paragraph(emphasis(`Figure. ${sentence(title)}`), ` ${from}`),
    list(panels.flatMap(({ description }) => description.split('; ').map((each) => [paragraph(each)]))),
  ];
}

function sentence(title: string): string {
  return /[.?!]$/.test(title) ? title : `${title}.`;
}
