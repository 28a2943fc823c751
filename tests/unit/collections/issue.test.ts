import { expect, test } from 'vitest';
import { z } from 'zod';
import { describeIssue, fieldsAt } from '../../../src/collections/issue.ts';

/** What an author reads about a value that its schema refuses. */
function said(schema: z.ZodType, value: unknown) {
  const [issue] = schema.safeParse({ x: value }).error?.issues ?? [];
  if (!issue) return 'accepted';
  const { message, suggestion } = describeIssue(issue, value);
  return suggestion === undefined ? message : `${message}; ${suggestion}`;
}

const x = (schema: z.ZodType) => z.object({ x: schema });

test.each<[z.ZodType, unknown, unknown]>([
  [z.string(), undefined, '`x` is missing: expected text'],
  [z.date(), undefined, '`x` is missing: expected date'],
  [z.string(), 2305.1829, '`x`: expected text, found 2305.1829; put the value in quotes'],
  [z.string(), true, '`x`: expected text, found true; put the value in quotes'],
  [z.string(), null, '`x`: expected text, found nothing'],
  [z.string(), [], '`x`: expected text, found an empty list'],
  [z.string(), ['a'], '`x`: expected text, found a list'],
  [z.string(), { a: 1 }, '`x`: expected text, found a mapping'],
  [z.number(), 'three', '`x`: expected a number, found "three"'],
  [z.int(), 1.5, '`x`: expected a whole number, found 1.5'],
  [z.boolean(), 'yes', '`x`: expected true or false, found "yes"'],
  [z.array(z.string()), 'dpo', '`x`: expected a list, found "dpo"; write `[dpo]`'],
  [z.array(z.string()), 3, '`x`: expected a list, found 3'],
  [z.tuple([z.number()]), 'a', '`x`: expected a list, found "a"'],
  [z.object({}), 'a', '`x`: expected a mapping, found "a"'],
  [z.record(z.string(), z.string()), 'a', '`x`: expected a mapping, found "a"'],
  [z.bigint(), 'a', '`x`: expected bigint, found "a"'],
  [
    z.enum(['stable', 'removed', 'moved']),
    'stabel',
    '`x`: expected stable, removed or moved, found "stabel"; did you mean `stable`?',
  ],
  [z.literal(1), 200, '`x`: expected 1, found 200'],
  [z.string().min(1), '', '`x`: expected at least 1 character (here 0), found ""'],
  [z.string().max(2), 'abc', '`x`: expected at most 2 characters (here 3), found "abc"'],
  [z.array(z.string()).min(2), ['a'], '`x`: expected at least 2 items (here 1), found a list'],
  [z.array(z.string()).max(1), ['a', 'b'], '`x`: expected at most 1 item (here 2), found a list'],
  [z.number().min(1), 0, '`x`: expected at least 1, found 0'],
  [z.url(), 'nowhere', '`x`: expected a web address, found "nowhere"'],
  [z.iso.date(), 'today', '`x`: expected a date like 2026-10-15, found "today"'],
  [z.string().regex(/^a$/), 'b', '`x`: expected text of the form /^a$/, found "b"'],
  [z.email(), 'b', expect.stringMatching(/^`x`: expected text of the form \/.*\/, found "b"$/)],
  [z.string().regex(/^a$/, 'expected an a'), 'b', '`x`: expected an a, found "b"'],
  [
    z.union([z.string(), z.string().array(), z.int()]),
    true,
    '`x`: expected text, a list or a number, found true',
  ],
  [
    z.string().refine((text) => text === 'a', 'An a and nothing else'),
    'b',
    '`x`: expected an a and nothing else, found "b"',
  ],
  [z.number(), 'w'.repeat(58), `\`x\`: expected a number, found "${'w'.repeat(58)}"`],
  [z.number(), 'w'.repeat(59), `\`x\`: expected a number, found "${'w'.repeat(56)}…"`],
])('case %#', (schema, value, expected) => {
  expect(said(x(schema), value)).toEqual(expected);
});

test('the record itself has no name', () => {
  const [issue] = z.object({}).safeParse('text').error?.issues ?? [];
  expect(issue && describeIssue(issue, 'text').message).toBe('the record: expected a mapping, found "text"');
});

test('only a value of the wrong type can be rewritten', () => {
  const rewriteOf = (schema: z.ZodType, value: unknown) => {
    const [issue] = x(schema).safeParse({ x: value }).error?.issues ?? [];
    return issue && describeIssue(issue, value).rewrite?.(String(value));
  };
  expect(rewriteOf(z.string(), 5)).toBe('"5"');
  expect(rewriteOf(z.array(z.string()), 'dpo')).toBe('[dpo]');
  expect(rewriteOf(z.number().max(3), 5)).toBeUndefined();
});

const schema = z
  .object({
    title: z.string(),
    steps: z.array(z.object({ entry: z.string(), why: z.string() })).default([]),
    bugs: z.record(z.string(), z.object({ shows: z.string() })).optional(),
    maybe: z.object({ a: z.string() }).nullable(),
  })
  .transform((value) => value);

test.each([
  [[], ['title', 'steps', 'bugs', 'maybe']],
  [
    ['steps', 0],
    ['entry', 'why'],
  ],
  [['bugs', 'swapped'], ['shows']],
  [['maybe'], ['a']],
  [['title'], []],
  [['title', 'deeper'], []],
  [['nothing', 'deeper'], []],
  [['steps'], []],
])('the fields at %j are %j', (path, fields) => {
  expect(fieldsAt(schema, path)).toEqual(fields);
});
