import type { ImportFile, ImportRole } from '../import-file.ts';

/** What can be counted in the imported files. */
export interface Tally {
  /** How many files there are. */
  all: number;
  /** Files of the kind that a label names; undefined for a label that names none. The first count is the plain one. */
  files(label: string): { counts: number[]; text: string } | undefined;
  /** Lines of the kind that a label names, in every way that one may count them. */
  lines(label: string): number[] | undefined;
}

/** "Trainers" alone may count trainers instead of files, "Tests" anything. */
const kinds: readonly [RegExp, ImportRole, string][] = [
  [
    /^(?:annotated trainers?|trainer annotations?|trainers annotated|annotated trainer files?)$/i,
    'annotated',
    'annotated trainer',
  ],
  [/^(?:reference guides?|concept(?:s)? (?:references|guides))$/i, 'guide', 'reference guide'],
  [
    /^(?:annotated examples?|annotated scripts?|example scripts?|annotated example scripts?)$/i,
    'script',
    'annotated example',
  ],
];
const tutorials: readonly ImportRole[] = ['annotated', 'guide', 'script'];

export function tallyOf(files: readonly ImportFile[]): Tally {
  const of = (roles: readonly ImportRole[]) => files.filter(({ role }) => roles.includes(role));
  const linesOf = (some: readonly ImportFile[]) =>
    some.reduce((sum, { text }) => sum + countedLines(text), 0);
  const chosen = (label: string) => kinds.find(([pattern]) => pattern.test(label.trim()));
  const isTotal = (label: string) =>
    /^(?:total|total files|files in total|all files|files|all|sum)$/i.test(label.trim());
  return {
    all: files.length,
    files(label) {
      const kind = chosen(label);
      if (kind) {
        const count = of([kind[1]]).length;
        return { counts: [count], text: `${count} ${kind[2]}${count === 1 ? '' : 's'}` };
      }
      if (!isTotal(label)) return undefined;
      const count = of(tutorials).length;
      const text = `${files.length} files, ${count} of them annotated trainers, reference guides and examples`;
      return { counts: [files.length, count], text };
    },
    lines(label) {
      const kind = chosen(label);
      if (kind) return [linesOf(of([kind[1]]))];
      return isTotal(label) ? [linesOf(files), linesOf(of(tutorials))] : undefined;
    },
  };
}

/** As `wc -l` and editors count: a last line without an end is one too. */
export function countedLines(text: string): number {
  if (text === '') return 0;
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}
