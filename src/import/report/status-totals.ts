import { type Problem, problem } from '../../errors/problem.ts';
import type { ImportFile } from '../import-file.ts';
import { type Claim, numberOf, roughly } from './claim.ts';
import { fileClaims } from './file-claims.ts';
import { countedLines, type Tally, tallyOf } from './tally.ts';

/** Claims of STATUS files on the imported files that these do not bear out. */
export function statusTotals(files: readonly ImportFile[]): Problem[] {
  const tally = tallyOf(files);
  return files.filter(({ role }) => role === 'status').flatMap((file) => claimsOf(file, files, tally));
}

function claimsOf(file: ImportFile, files: readonly ImportFile[], tally: Tally): Problem[] {
  const lines = file.text.split('\n');
  let header: string[] = [];
  let section = '';
  return lines.flatMap((line, index) => {
    // Nobody writes such a line by hand.
    if (line.length > 2000) return [];
    if (/^#{1,6}\s/.test(line)) section = line;
    const isRow = /^\s*\|/.test(line);
    if (isRow && /^\s*\|(?:\s*:?-+:?\s*\|)+\s*$/.test(lines[index + 1] ?? ''))
      header = cellsOf(line).map(({ text }) => plain(text));
    if (!isRow) header = [];
    const claims = [
      ...fileClaims(line, files, section),
      ...(isRow ? rowClaims(line, header, files, tally) : sentenceClaims(line, tally)),
    ];
    return claims.map(({ says, found, column, length }) =>
      problem(
        'import-total',
        { file: file.shown, line: index + 1, column, length },
        `expected ${found}, found ${says}`,
        {
          severity: 'warning',
          suggestion: 'STATUS is written anew by every build: leave the numbers out',
        },
      ),
    );
  });
}

/** `| Reference guides | 4 | 9 |`: the column says what the number counts. */
function rowClaims(
  line: string,
  header: readonly string[],
  files: readonly ImportFile[],
  tally: Tally,
): Claim[] {
  const cells = cellsOf(line);
  const label = plain(cells[0]?.text ?? '');
  const named = files.filter(({ path }) => path === label || path.endsWith(`/${label}`));
  return cells.slice(1).flatMap((cell, at) => {
    const column = (header[at + 1] ?? '').toLowerCase();
    const value = /^\W*(\d[\d,]*)(?:\s*\/\s*\d+)?\W*(?:complete|done|finished|lines|files)?\W*$/i.exec(
      cell.text,
    );
    if (!value || /[~≈><+]/.test(cell.text)) return [];
    const claimed = numberOf(value[1]);
    const place = { column: cell.column + cell.text.indexOf(value[1] ?? ''), length: value[1]?.length ?? 1 };
    if (/^(?:lines|loc|line count|# lines)$/.test(column)) {
      const [of] = named;
      const count = of && named.length === 1 ? countedLines(of.text) : tally.lines(label);
      if (count === undefined || [count].flat().includes(claimed)) return [];
      return [
        {
          ...place,
          says: `${claimed} lines`,
          found: `${[count].flat()[0]} lines of ${named.length === 1 ? `\`${of?.path}\`` : 'these files'}`,
        },
      ];
    }
    if (
      !/^(?:finished|done|completed?|count|files|written|ready|existing|number|progress|status|# files)$/.test(
        column,
      )
    )
      return [];
    const count = tally.files(label);
    if (!count || count.counts.includes(claimed)) return [];
    return [{ ...place, says: `${claimed}`, found: count.text }];
  });
}

/** `**Total files**: 16`, `## Reference guides (4)`, `9/9 annotated trainers complete`, `Total: 2,350 lines`. */
function sentenceClaims(line: string, tally: Tally): Claim[] {
  const text = line.replace(/[*_#`]/g, ' ');
  const forms = [
    /^\s*(?:[-+]\s*)?(?<label>total (?:files|lines(?: of (?:code|text))?)|(?:files|lines) in total)\s*[:=]\s*(?<value>\d[\d,]*)/i,
    /^\s*(?:\d+\.\s*)?(?<label>[A-Za-z][A-Za-z ]+?)\s*\((?<value>\d+)(?:\s*\/\s*\d+)?(?: files?)?(?: complete\w*| done| finished)?\)\s*$/,
    /^\s*(?:[-+]\s*)?(?<label>[A-Za-z][A-Za-z ]+?)\s*:\s*(?<value>\d+)(?:\s*\/\s*\d+)?\s*(?:files?)?\s*(?:complete\w*|done|finished)?[\s✅.]*$/iu,
    /(?:^|[\s(])(?<value>\d+)(?:\s*\/\s*\d+)?\s+(?<label>annotated trainers|reference guides|annotated examples|example scripts|trainers annotated)(?: \w+){0,2}\s*(?:complete\w*|done|finished)/i,
    /\btotal(?: of)?:?\s*(?<value>\d[\d,]*)\s+(?<label>files|lines)\b/i,
    /(?:^|[\s(])(?:all )?(?<value>\d+)(?:\s*\/\s*\d+)?\s+(?<label>files)\s+(?:are )?(?:complete\w*|done|finished|written)/i,
  ];
  for (const form of forms) {
    const match = form.exec(text);
    const { label, value } = match?.groups ?? {};
    if (!match || label === undefined || value === undefined) continue;
    const at =
      match.index +
      match[0].indexOf(
        value,
        /^\s*\d/.test(match[0])
          ? 0
          : match[0].indexOf(label) >= 0 && match[0].indexOf(label) < match[0].indexOf(value)
            ? match[0].indexOf(label) + label.length
            : 0,
      );
    if (roughly.test(text.slice(0, at))) return [];
    const claimed = numberOf(value);
    const place = { column: at + 1, length: value.length };
    if (/lines/i.test(label)) {
      const counts = tally.lines('total');
      if (!counts || counts.includes(claimed)) return [];
      return [{ ...place, says: `${claimed} lines`, found: `${counts[0]} lines in ${tally.all} files` }];
    }
    const count = tally.files(label);
    if (!count || count.counts.includes(claimed)) return [];
    return [{ ...place, says: `${claimed}`, found: count.text }];
  }
  return [];
}

function plain(text: string): string {
  return text.replace(/[*`#]|\b_+|_+\b/g, '').trim();
}

function cellsOf(row: string): { text: string; column: number }[] {
  const cells: { text: string; column: number }[] = [];
  let from = row.indexOf('|') + 1;
  for (const { index } of [...row.matchAll(/(?<!\\)\|/g)].slice(1)) {
    cells.push({ text: row.slice(from, index), column: from + 1 });
    from = index + 1;
  }
  return cells;
}
