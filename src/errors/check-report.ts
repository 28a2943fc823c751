import { z } from 'zod';
import { errorCode } from './error-code.ts';

const count = z.int().min(0);
const fromOne = z.int().min(1);

const edit = z.strictObject({
  line: fromOne,
  column: fromOne,
  endLine: fromOne,
  endColumn: fromOne.describe('The first column after the range.'),
  old: z.string().describe('What stands there, lines joined by \\n.'),
  replacement: z.string().describe('What takes its place, lines joined by \\n.'),
});
const edits = z.array(edit).readonly();

const reportedFix = z.strictObject({
  file: z.string(),
  code: errorCode.meta({ description: 'The kind of error that it mends.', type: 'string' }),
  edits,
});

const reportedProblem = z.strictObject({
  code: errorCode.meta({ description: 'The kind of error. It is stable: filter by it.', type: 'string' }),
  severity: z.enum(['error', 'warning']).describe('Only errors make the check exit 1.'),
  file: z.string().describe('Relative to the working directory, with `/`; `.` when no file is at fault.'),
  line: fromOne.describe('Counted from 1.'),
  column: fromOne.describe('Counted from 1, in UTF-16 code units.'),
  length: fromOne.optional().describe('Width of what is marked, on this line.'),
  message: z.string().describe('What was expected and what was found.'),
  suggestion: z.string().optional().describe('"did you mean …", or the cure at this place.'),
  excerpt: z.string().optional().describe('The whole line that the problem points at.'),
  fix: z
    .strictObject({ edits })
    .optional()
    .describe('The change of the file that mends it, where that is certain: `--fix` makes it.'),
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
  fixed: z.array(reportedFix).readonly().optional().describe('With `--fix`: what was changed.'),
  refused: z
    .array(reportedFix.extend({ why: z.string() }))
    .readonly()
    .optional()
    .describe('With `--fix`: what was certain and yet not changed, and why.'),
  problems: z.array(reportedProblem).describe('By file, line and column.'),
});

export type CheckReport = z.output<typeof checkReportSchema>;
