import { formatTerminal } from '../errors/format.ts';
import type { Problem } from '../errors/problem.ts';
import type { ImportRole } from './import-file.ts';
import type { ImportResult } from './import-folder.ts';

/** What an import says at its end: what contradicts the facts, what was changed, and what was made. */
export function renderSummary(
  result: ImportResult,
  { color, dryRun }: { color: boolean; dryRun: boolean },
): string {
  const { findings, notes, target } = result;
  const parts = [
    ...(dryRun ? [`What would be made in ${target}:\n${plan(result)}`] : []),
    ...(notes.length > 0 ? [`What the import changed, and what it left out:\n${noteLines(notes)}`] : []),
    ...(findings.length > 0
      ? [`What the texts say that the facts contradict:\n\n${formatTerminal(findings, { color }).trimEnd()}`]
      : []),
    [
      `${dryRun ? 'Would import' : 'Imported'} ${counts(result)} into ${target}.`,
      linksText(result),
      ...(result.formulas.converted + result.formulas.kept > 0 ? [formulasText(result)] : []),
      'Every page is marked as not verified.',
      dryRun ? 'Nothing was written.' : `Build it: CONTENT_DIR=${quoted(target)} npm run build`,
    ].join('\n'),
  ];
  return `${parts.join('\n\n')}\n`;
}

function plan({ files, entries }: ImportResult): string {
  const width = Math.max(...entries.map(({ path }) => path.length));
  return entries.map(({ path }, index) => `  ${path.padEnd(width)}  from ${files[index]?.path}`).join('\n');
}

/** Notes that a terminal gets; the rest is in the report. */
const mostNotes = 200;

/** Notes in one line each: there may be many, and most ask for nothing. */
export function noteLines(notes: readonly Problem[]): string {
  const shown = notes
    .slice(0, mostNotes)
    .map(
      ({ file, line, column, code, message }) =>
        `  ${file}:${line}:${column}  ${code}  ${message.replace(/\s+/g, ' ')}`,
    );
  const left = notes.length - shown.length;
  return [...shown, ...(left > 0 ? [`  and ${left} more; --report FILE writes all of them`] : [])].join('\n');
}

const nouns: Record<ImportRole, [string, string]> = {
  annotated: ['annotated trainer', 'annotated trainers'],
  guide: ['reference guide', 'reference guides'],
  script: ['script', 'scripts'],
  status: ['STATUS file', 'STATUS files'],
  document: ['other document', 'other documents'],
};

/** `15 of 16 files (4 annotated trainers, 11 reference guides)` */
function counts({ files, found }: ImportResult): string {
  const kinds = Object.entries(nouns).flatMap(([role, [one, many]]) => {
    const number = files.filter((file) => file.role === role).length;
    return number === 0 ? [] : [`${number} ${number === 1 ? one : many}`];
  });
  const all = files.length === found ? `${found}` : `${files.length} of ${found}`;
  return `${all} file${found === 1 ? '' : 's'} (${kinds.join(', ')})`;
}

function linksText({ links: { written, mentions } }: ImportResult): string {
  return `${written} of the authors' links lead to their pages, and ${mentions} mentions of files became links.`;
}

function formulasText({ formulas: { converted, kept } }: ImportResult): string {
  return `${converted} lines of formulas became TeX; ${kept} stayed as they were.`;
}

function quoted(path: string): string {
  return /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
