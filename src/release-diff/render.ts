import { changeName } from '../trl/change-name.ts';
import type { ExplainedChange, ReleaseDiff } from './release-diff.ts';
import { happened, headline, marks, sections } from './wording.ts';

/** The differences for a terminal: by trainer, by kind; what to do stands under a change. */
export function renderDiffTerminal(diff: ReleaseDiff): string {
  const trainers = diff.trainers.map(({ name, changes }) =>
    [
      name,
      ...inSections(changes).flatMap(({ title, rows }) => [
        `  ${title}`,
        ...rows.flatMap((row) => [`    ${marks[row.what]} ${line(row)}`, ...advice(row)]),
      ]),
    ].join('\n'),
  );
  const legend = '+ new   - removed   > moved   ~ other default   : other type';
  return `${[headline(diff), ...trainers, ...(trainers.length > 0 ? [legend] : [])].join('\n\n')}\n`;
}

/** The differences as Markdown: a heading a trainer, a list a kind. */
export function renderDiffMarkdown(diff: ReleaseDiff): string {
  const trainers = diff.trainers.map(({ name, changes }) =>
    [
      `## ${name}`,
      ...inSections(changes).flatMap(({ title, rows }) => [
        `### ${title}`,
        rows
          .map(
            (row) =>
              `- \`${changeName(row)}\`: ${happened(row)}${since(row)}.${row.say ? ` ${row.say}` : ''}`,
          )
          .join('\n'),
      ]),
    ].join('\n\n'),
  );
  return `${[`# ${headline(diff)}`, ...trainers].join('\n\n')}\n`;
}

/** The differences as JSON; `schema` grows when the shape changes. */
export function renderDiffJson(diff: ReleaseDiff): string {
  return `${JSON.stringify({ schema: 1, ...diff }, null, 2)}\n`;
}

function inSections(changes: readonly ExplainedChange[]) {
  return sections.flatMap(({ title, kinds }) => {
    const rows = changes.filter(({ kind }) => kinds.some((each) => each === kind));
    return rows.length > 0 ? [{ title, rows }] : [];
  });
}

function line(row: ExplainedChange): string {
  return `${changeName(row)}: ${happened(row)}${since(row)}`;
}

function since({ since: release }: ExplainedChange): string {
  return release === undefined ? '' : ` (${release})`;
}

function advice({ say }: ExplainedChange): string[] {
  return say === undefined ? [] : [`        ${say.replace(/\s+/g, ' ')}`];
}
