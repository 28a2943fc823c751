import type { GroupName } from './modules.ts';
import { type Mutant, percentNoticed, type Score, sumScores } from './score.ts';

/** The score of a group below which the command fails, in percent. */
export const floor = 80;

const heads = ['module', 'mutants', 'killed', 'survived', 'no coverage', 'timed out', 'score'];

/** The table of scores, one row a group and their sum; it names the groups below the floor after it. */
export function scoreTable(scores: ReadonlyMap<GroupName, Score>): string {
  const rows = [
    heads,
    ...[...scores].map(([group, score]) => scoreRow(group, score)),
    ...(scores.size > 1 ? [scoreRow('all', sumScores([...scores.values()]))] : []),
  ];
  const widths = heads.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  '),
  );
  const below = groupsBelow(scores);
  const ignored = sumScores([...scores.values()]).ignored;
  return [
    ...lines,
    ...(ignored > 0 ? [`${ignored} more left out by a \`Stryker disable\` comment, which says why`] : []),
    ...(below.length > 0 ? [`below ${floor} %: ${below.join(', ')}`] : []),
    '',
  ].join('\n');
}

/** The groups whose tests notice too few mutants. */
export function groupsBelow(scores: ReadonlyMap<GroupName, Score>): GroupName[] {
  return [...scores].flatMap(([group, score]) => (percentNoticed(score) < floor ? group : []));
}

function scoreRow(name: string, score: Score): string[] {
  const counts = [score.mutants, score.killed, score.survived, score.noCoverage, score.timedOut];
  // Cut off, not rounded: 79.96 must not read as 80.0.
  const percent = (Math.floor(percentNoticed(score) * 10) / 10).toFixed(1);
  return [name, ...counts.map(String), `${percent} %`];
}

/**
 * A mutant as a line: `src/trl/symbol.ts:26:43  parts.length > 1 -> true`.
 * @param source - the text of its file
 */
export function mutantLine({ fileName, location, replacement, status }: Mutant, source: string): string {
  const { start, end } = location;
  const line = source.split('\n')[start.line - 1] ?? '';
  const original = line.slice(start.column - 1, end.line === start.line ? end.column - 1 : undefined);
  const more = end.line === start.line ? '' : ' …';
  const uncovered = status === 'NoCoverage' ? '  (no test reaches it)' : '';
  return `${fileName}:${start.line}:${start.column}  ${original}${more} -> ${replacement.replace(/\s+/g, ' ')}${uncovered}`;
}
