/** Prose that a technical reader takes in a minute, in words. */
const WORDS_PER_MINUTE = 200;
/** Code that a reader follows in a minute, in lines. */
const CODE_LINES_PER_MINUTE = 20;
/** Displayed formulas that a reader follows in a minute. */
const FORMULAS_PER_MINUTE = 4;

export interface ReadingTime {
  /** Words of prose; code, formulas and tags are not prose. */
  words: number;
  /** Lines of fenced code and of its output, blank ones not counted. */
  codeLines: number;
  /** Whole minutes, at least 1. */
  minutes: number;
}

/**
 * How long a page takes to read. The rates are this project's convention, not a measurement.
 *
 * @param markdown Markdown or MDX without frontmatter
 * @param shownCodeLines lines of code that the page shows and does not contain (regions of a distilled file)
 */
export function readingTime(markdown: string, shownCodeLines = 0): ReadingTime {
  let codeLines = shownCodeLines;
  let formulas = 0;
  const prose = markdown
    .replace(
      /^[ \t]*(`{3,}|~{3,})([^\n]*)\n([\s\S]*?)^[ \t]*\1[ \t]*$/gm,
      (_, _fence, _info, code: string) => {
        codeLines += code.split('\n').filter((line) => line.trim() !== '').length;
        return '\n';
      },
    )
    .replace(/\$\$[\s\S]*?\$\$/g, () => {
      formulas += 1;
      return ' ';
    })
    // An inline formula reads as a word; its `<` is no tag.
    .replace(/\$[^$\n]+\$/g, ' x ')
    .replace(/\{\/\*[\s\S]*?\*\/\}|<!--[\s\S]*?-->/g, ' ')
    .replace(/^(?:import|export) .*$/gm, ' ')
    .replace(/<\/?[A-Za-z](?:"[^"]*"|'[^']*'|[^>"'])*>/g, ' ')
    .replace(/\]\([^)\n]*\)/g, '] ');
  const words = prose.match(/[\p{L}\p{N}][\p{L}\p{N}_.'’-]*/gu)?.length ?? 0;
  const minutes =
    words / WORDS_PER_MINUTE + codeLines / CODE_LINES_PER_MINUTE + formulas / FORMULAS_PER_MINUTE;
  return { words, codeLines, minutes: Math.max(1, Math.round(minutes)) };
}
