/** The mark of text that an author still has to write: in prose, in a comment, in a value. */
export const unfinishedMark = 'TO WRITE';

/** Text with the mark in front: `TO WRITE: what beta does`. */
export function toWrite(what: string): string {
  return `${unfinishedMark}: ${what}`;
}

/** A mark, where it stands. */
export interface FoundMark {
  /** From 1. */
  line: number;
  column: number;
  /** What is to be written: the rest of its line, without what closes a comment or a string. */
  what: string;
}

/** Every mark of a text, in order. The mark is two words of their own, in capitals. */
export function unfinishedMarks(text: string): FoundMark[] {
  return text.split('\n').flatMap((line, index) =>
    [...line.matchAll(/\bTO WRITE\b:?(?:\*\*)?\s*(?<rest>(?:(?!\bTO WRITE\b).)*)/g)].map((match) => ({
      line: index + 1,
      column: match.index + 1,
      what: (match.groups?.rest ?? '').replace(/\s*(?:["'`*)\]}]+|\*\/\}|\|)*\s*$/, ''),
    })),
  );
}
