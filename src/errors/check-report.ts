import { z } from 'zod';
import { errorCode } from './error-code.ts';

const count = z.int().min(0);
const fromOne = z.int().min(1);

const code = errorCode.meta({
  description: 'The kind of error. It is stable: filter by it.',
  type: 'string',
});
const file = z
  .string()
  .describe('Relative to the working directory, with `/`; `.` when no file is at fault.');

const edit = z.strictObject({
  line: fromOne.describe('First line of the range, counted from 1; a byte order mark does not count.'),
  column: fromOne.describe('First column of the range, counted from 1, in UTF-16 code units.'),
  endLine: fromOne.describe('Last line of the range.'),
  endColumn: fromOne.describe('First column after the range.'),
  old: z
    .string()
    .describe('What stands there, lines joined by `\\n`: the edit holds only where it still stands.'),
  replacement: z
    .string()
    .describe("What takes its place, lines joined by `\\n`; write the file's own line ends."),
});

const edits = z.array(edit).readonly().describe('All in the file of the problem; they hold only together.');

const reportedFix = z.strictObject({ file, code, edits });

const reportedProblem = z.strictObject({
  code,
  severity: z.enum(['error', 'warning']).describe('Only errors make the check exit 1.'),
  file,
  line: fromOne.describe('Counted from 1.'),
  column: fromOne.describe('Counted from 1, in UTF-16 code units.'),
  length: fromOne.optional().describe('Width of what is marked, on this line.'),
  message: z.string().describe('What was expected and what was found.'),
  suggestion: z.string().optional().describe('"did you mean …", or the cure at this place.'),
  excerpt: z.string().optional().describe('The whole line that the problem points at.'),
  fix: z
    .strictObject({ edits })
    .optional()
    .describe('The change that mends it for certain; `--fix` makes it.'),
  cause: z.string().describe('What the code means.'),
  cure: z.string().describe('What to do about errors of this code.'),
  docs: z
    .string()
    .describe('Page of the code: a path from the root of the site, or an address when SITE_URL is given.'),
});

/**
 * What `npm run check -- --format json` writes. `schema` grows when a field goes or changes its meaning; a new
 * field does not change it.
 */
export const checkReportSchema = z.strictObject({
  schema: z.literal(1).describe('Version of this shape.'),
  errors: count.describe('How many problems are errors.'),
  warnings: count.describe('How many problems are warnings.'),
  files: count.describe('How many files have a problem.'),
  fixed: z.array(reportedFix).readonly().optional().describe('With `--fix`: the changes that were made.'),
  refused: z
    .array(reportedFix.extend({ why: z.string().describe('Why the change was not made.') }))
    .readonly()
    .optional()
    .describe('With `--fix`: certain changes that were not made.'),
  problems: z.array(reportedProblem).describe('By file, line and column; after `--fix`, what remains.'),
});

export type CheckReport = z.output<typeof checkReportSchema>;
