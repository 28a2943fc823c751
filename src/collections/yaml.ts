import { LineCounter, parseDocument } from 'yaml';
import type { ErrorCode } from '../errors/catalogue.ts';
import { type Problem, problem } from '../errors/problem.ts';
import { yamlOrigin } from './locate.ts';
import type { Origin } from './origin.ts';
import { quotingFix } from './yaml-quotes.ts';

/** Parsed YAML (or JSON, which YAML contains) with the way back to its lines. */
export interface ParsedYaml {
  data: unknown;
  origin: Origin;
  problems: Problem[];
}

/**
 * Parses YAML 1.2.
 *
 * @param firstLine line of the file where `text` begins
 * @param code the code of a syntax error: frontmatter and data files have their own
 * @returns the data (undefined when there is a syntax error), its origin, and every syntax error
 */
export function parseYaml(text: string, file: string, firstLine: number, code: ErrorCode): ParsedYaml {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false, logLevel: 'error' });
  const origin = yamlOrigin(document, text, counter, file, firstLine);
  // A tag that YAML does not know is a warning to the parser: it reads the value as if the tag were not there.
  const unknownTags = document.warnings.filter((warning) => warning.code === 'TAG_RESOLVE_FAILED');
  const problems = [...document.errors, ...unknownTags].map((error) => {
    const { line, col } = counter.linePos(error.pos[0]);
    const message = messages[error.code] ?? lowerFirst(error.message);
    return problem(code, { file, line: line + firstLine - 1, column: col }, message, {
      suggestion: cureOf(error.code),
      fix: quotingFix(text, error, firstLine),
    });
  });
  if (problems.length > 0) return { data: undefined, origin, problems };
  try {
    return { data: document.toJS() as unknown, origin, problems };
  } catch (error) {
    // An alias to nothing, or aliases that multiply beyond reason.
    const message = error instanceof Error ? lowerFirst(error.message) : String(error);
    return {
      data: undefined,
      origin,
      problems: [problem(code, { file, line: firstLine, column: 1 }, message)],
    };
  }
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** What the parser says in words of its own interface. */
const messages: Partial<Record<string, string>> = {
  BLOCK_AS_IMPLICIT_KEY: 'found a second `: ` in the value',
  MULTIPLE_DOCS: 'expected one document, found the start of a second one',
};

/** The cures that authors need most often. */
function cureOf(code: string): string | undefined {
  if (code === 'BLOCK_AS_IMPLICIT_KEY') return 'put a value that holds ": " in quotes';
  if (code === 'BAD_SCALAR_START') return 'put a value that begins with this character in quotes';
  if (code === 'DUPLICATE_KEY') return 'keep one of the two';
  if (code === 'TAB_AS_INDENT') return 'indent with spaces';
  if (code === 'MULTIPLE_DOCS') return 'take the line `---` out';
  if (code === 'TAG_RESOLVE_FAILED') return 'put a value that begins with `!` in quotes';
  return undefined;
}
