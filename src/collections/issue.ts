import { z } from 'zod';
import { didYouMean } from '../errors/suggest.ts';
import { type DataPath, showPath } from './origin.ts';
import { rewriteAs } from './scalar-rewrite.ts';

/** What an author reads about one schema violation. */
export interface IssueText {
  message: string;
  suggestion?: string | undefined;
  /** Writes the scalar as its field wants it; undefined for one whose meaning is not certain. */
  rewrite?: ((raw: string) => string | undefined) | undefined;
}

const kinds: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'a mapping',
  record: 'a mapping',
};

/** Words a zod issue as "expected …, found …". */
export function describeIssue(issue: z.core.$ZodIssue, found: unknown): IssueText {
  const name = issue.path.length === 0 ? 'the record' : `\`${showPath(issue.path)}\``;
  if (issue.code === 'invalid_type' && found === undefined) {
    return { message: `${name} is missing: expected ${kinds[issue.expected] ?? issue.expected}` };
  }
  const { expected, suggestion } = expectation(issue, found);
  const rewrite = issue.code === 'invalid_type' ? rewriteAs(issue.expected, found) : undefined;
  return { message: `${name}: expected ${expected}, found ${show(found)}`, suggestion, rewrite };
}

function expectation(
  issue: z.core.$ZodIssue,
  found: unknown,
): { expected: string; suggestion?: string | undefined } {
  switch (issue.code) {
    case 'invalid_type':
      return {
        expected: kinds[issue.expected] ?? issue.expected,
        suggestion: quoteOrWrap(issue.expected, found),
      };
    case 'invalid_value': {
      const options = issue.values.map(String);
      return { expected: orList(options), suggestion: didYouMean(String(found), options) };
    }
    case 'too_small':
      return {
        expected: `at least ${issue.minimum}${unit(issue.origin, Number(issue.minimum))}${size(found)}`,
      };
    case 'too_big':
      return {
        expected: `at most ${issue.maximum}${unit(issue.origin, Number(issue.maximum))}${size(found)}`,
      };
    case 'invalid_format':
      return { expected: format(issue) };
    case 'invalid_union':
      return { expected: orList(issue.errors.flat().map((each) => expectation(each, found).expected)) };
    default:
      return { expected: lower(issue.message) };
  }
}

/** The fields of the object schema at `path`, for suggestions; none when there is no object. */
export function fieldsAt(schema: z.core.$ZodType, path: DataPath): string[] {
  let at: z.core.$ZodType | undefined = unwrap(schema);
  for (const step of path) {
    if (at instanceof z.ZodObject) at = unwrap(at.shape[String(step)]);
    else if (at instanceof z.ZodArray) at = unwrap(at.element);
    else if (at instanceof z.ZodRecord) at = unwrap(at.valueType);
    else return [];
  }
  return at instanceof z.ZodObject ? Object.keys(at.shape) : [];
}

function unwrap(schema: z.core.$ZodType | undefined): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) {
    return unwrap(schema.def.innerType);
  }
  return schema instanceof z.ZodPipe ? unwrap(schema.def.in) : schema;
}

/** YAML's two classic slips: an unquoted id read as a number, and one value where a list belongs. */
function quoteOrWrap(expected: string, found: unknown): string | undefined {
  if (expected === 'string' && (typeof found === 'number' || typeof found === 'boolean')) {
    return 'put the value in quotes';
  }
  if (expected === 'array' && typeof found === 'string') return `write \`[${found}]\``;
  return undefined;
}

function format(issue: z.core.$ZodIssueInvalidStringFormat): string {
  if (issue.message.startsWith('expected ')) return issue.message.slice('expected '.length);
  if (issue.format === 'url') return 'a web address';
  if (issue.format === 'date') return 'a date like 2026-10-15';
  return `text of the form ${issue.pattern ?? issue.format}`;
}

function unit(origin: string, count: number): string {
  const word = origin === 'string' ? 'character' : origin === 'array' ? 'item' : undefined;
  return word === undefined ? '' : ` ${word}${count === 1 ? '' : 's'}`;
}

function size(found: unknown): string {
  return typeof found === 'string' || Array.isArray(found) ? ` (here ${found.length})` : '';
}

function show(found: unknown): string {
  if (found === null || found === undefined) return 'nothing';
  if (Array.isArray(found)) return found.length === 0 ? 'an empty list' : 'a list';
  if (typeof found === 'object') return 'a mapping';
  const text = typeof found === 'string' ? JSON.stringify(found) : String(found);
  return text.length > 60 ? `${text.slice(0, 57)}…"` : text;
}

function orList(options: string[]): string {
  const unique = [...new Set(options)];
  const last = unique.pop() ?? '';
  return unique.length === 0 ? last : `${unique.join(', ')} or ${last}`;
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
