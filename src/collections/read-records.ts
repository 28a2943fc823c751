import type { z } from 'zod';
import { problem } from '../errors/problem.ts';
import type { ContentFile } from './content-folder.ts';
import { hiddenCharacter, splitFrontmatter } from './frontmatter.ts';
import { type Origin, within } from './origin.ts';
import type { Reading } from './reading.ts';
import { validate } from './validate.ts';
import { parseYaml } from './yaml.ts';

/** A data file that holds one record. */
export function readRecord<S extends z.ZodType<object>>(
  file: ContentFile,
  schema: S,
  reading: Reading,
): z.output<S> | undefined {
  const { data, origin, problems } = parseYaml(file.text, file.file, 1, 'yaml-syntax');
  reading.problems.push(...problems);
  return problems.length > 0 ? undefined : accept(schema, data, origin, reading);
}

/** A data file that holds a list. A broken record does not take the others with it. */
export function readList<S extends z.ZodType<object>>(
  file: ContentFile,
  schema: S,
  reading: Reading,
): { records: z.output<S>[]; ids: string[] } {
  const { data, origin, problems } = parseYaml(file.text, file.file, 1, 'yaml-syntax');
  reading.problems.push(...problems);
  if (problems.length > 0) return { records: [], ids: idsIn(file.text) };
  if (!Array.isArray(data)) {
    reading.problems.push(
      problem('yaml-field', origin.locate([]), 'expected a list of records, each beginning with `- id:`'),
    );
    return { records: [], ids: [] };
  }
  const items: unknown[] = data;
  const records = items.map((item, index) => accept(schema, item, within(origin, index), reading));
  const ids = items.map((item) => Reflect.get(Object(item), 'id') as unknown);
  return {
    records: records.filter((record) => record !== undefined),
    ids: ids.filter((id) => typeof id === 'string'),
  };
}

/** The ids of a list that does not parse, as far as one sees them: a broken file is not also many missing records. */
function idsIn(text: string): string[] {
  return [...text.matchAll(/^\s*(?:-\s+)?id:\s*["']?([^"'\s#]+)/gm)].flatMap(([, id]) => id ?? []);
}

/** A generated JSON file. The slow way to the line of a value is taken only when something is wrong. */
export function readJson<S extends z.ZodType<object>>(
  file: ContentFile,
  schema: S,
  reading: Reading,
): z.output<S> | undefined {
  let origin: Origin | undefined;
  const lazy: Origin = {
    file: file.file,
    locate(path, part) {
      origin ??= parseYaml(file.text, file.file, 1, 'json-shape').origin;
      return origin.locate(path, part);
    },
  };
  try {
    return accept(schema, JSON.parse(file.text), lazy, reading, 'json-shape');
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const at = Number(/at position (\d+)/.exec(error.message)?.[1] ?? file.text.length);
    const before = file.text.slice(0, at).split('\n');
    const place = { file: file.file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
    reading.problems.push(problem('json-shape', place, `the JSON does not parse: ${error.message}`));
    return undefined;
  }
}

/** An entry's file: frontmatter by the schema, and the body after it. */
export function readEntry<S extends z.ZodType<object>>(
  file: ContentFile,
  collection: string,
  schema: S,
  reading: Reading,
) {
  const { parts, problems } = splitFrontmatter(file.text, file.file);
  reading.problems.push(...problems);
  if (!parts) return undefined;
  const yaml = parseYaml(parts.yaml, file.file, parts.yamlLine, 'frontmatter-syntax');
  const broken = yaml.problems.length > 0 ? yaml.problems : hiddenCharacter(parts, file.file);
  reading.problems.push(...broken);
  if (broken.length > 0) return undefined;
  const { value, problems: fieldProblems } = validate(
    schema,
    yaml.data ?? {},
    yaml.origin,
    'frontmatter-field',
  );
  reading.problems.push(...fieldProblems);
  if (value === undefined) return undefined;
  const entry = {
    ref: `${collection}/${file.stem}`,
    id: file.stem,
    file: file.file,
    data: value,
    body: parts.body,
    bodyLine: parts.bodyLine,
  };
  reading.origins.set(entry, yaml.origin);
  return entry;
}

function accept<S extends z.ZodType<object>>(
  schema: S,
  data: unknown,
  origin: Origin,
  reading: Reading,
  code: 'yaml-field' | 'json-shape' = 'yaml-field',
): z.output<S> | undefined {
  const { value, problems } = validate(schema, data, origin, code);
  reading.problems.push(...problems);
  if (value !== undefined) reading.origins.set(value, origin);
  return value;
}
