import { type ContentSource, originOf } from '../../collections/content-source.ts';
import type { DataPath } from '../../collections/origin.ts';
import type { ErrorCode } from '../../errors/catalogue.ts';
import { type Problem, problem } from '../../errors/problem.ts';
import type { MarkdownContext } from '../../markdown/context.ts';
import type { TrlIndex } from '../../trl/index.ts';
import type { CheckMemory } from './memory.ts';

/** What the checks look things up in; made once a run from the content itself. */
export interface CheckContext {
  trl: TrlIndex;
  markdown: MarkdownContext;
  memory: CheckMemory;
}

/** A check of content: pure, so that a test hands it a source and reads the problems. */
export type ContentCheck = (source: ContentSource, context: CheckContext) => Problem[];

/** A problem at the value at `path` of a record. */
export function problemAt(
  source: ContentSource,
  record: object,
  path: DataPath,
  code: ErrorCode,
  message: string,
  extra: Partial<Pick<Problem, 'severity' | 'suggestion'>> = {},
): Problem {
  return problem(code, originOf(source, record).locate(path), message, extra);
}

/** `problemAt` for checks that look at one record only. */
export type Report = (path: DataPath, code: ErrorCode, message: string, suggestion?: string) => Problem;
