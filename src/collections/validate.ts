import type { z } from 'zod';
import type { ErrorCode } from '../errors/catalogue.ts';
import { type Problem, problem } from '../errors/problem.ts';
import { nearest } from '../errors/suggest.ts';
import { describeIssue, fieldsAt } from './issue.ts';
import { type DataPath, type Origin, showPath } from './origin.ts';

/** A value that satisfies its schema, or everything that is wrong with it. */
export type Validated<T> = { value: T; problems: [] } | { value?: undefined; problems: Problem[] };

/**
 * Parses data by a schema; every violation becomes a problem at the line of the offending key or value.
 *
 * @param code the code of the problems: each kind of file has its own
 */
export function validate<S extends z.ZodType>(
  schema: S,
  data: unknown,
  origin: Origin,
  code: ErrorCode,
): Validated<z.output<S>> {
  const result = schema.safeParse(data);
  if (result.success) return { value: result.data, problems: [] };
  const problems: Problem[] = [];
  // A misspelt field is one mistake, though the schema sees two: an unknown key and a missing one.
  const misspelt = new Set<string>();
  for (const issue of result.error.issues) {
    if (issue.code !== 'unrecognized_keys') continue;
    const present = Object.keys(Object(valueAt(data, issue.path)));
    const absent = fieldsAt(schema, issue.path).filter((field) => !present.includes(field));
    for (const key of issue.keys) {
      const path = [...issue.path, key];
      const meant = nearest(key, absent);
      if (meant) misspelt.add(showPath([...issue.path, meant]));
      problems.push(
        problem(code, origin.locate(path, 'key'), `\`${showPath(path)}\` is not a field here`, {
          suggestion: meant
            ? `did you mean \`${meant}\`?`
            : absent.length > 0
              ? `fields: ${absent.join(', ')}`
              : undefined,
        }),
      );
    }
  }
  for (const issue of result.error.issues) {
    if (issue.code === 'unrecognized_keys') continue;
    const found = valueAt(data, issue.path);
    if (found === undefined && misspelt.has(showPath(issue.path))) continue;
    const { message, suggestion, rewrite } = describeIssue(issue, found);
    const edit = rewrite && origin.rewrite?.(issue.path, rewrite);
    const fix = edit && { edits: [edit] };
    problems.push(problem(code, origin.locate(issue.path), message, { suggestion, fix }));
  }
  return { problems };
}

function valueAt(data: unknown, path: DataPath): unknown {
  return path.reduce<unknown>(
    (at, key) => (at === null || at === undefined ? undefined : Reflect.get(Object(at), key)),
    data,
  );
}
