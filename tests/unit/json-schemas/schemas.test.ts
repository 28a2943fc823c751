import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { indexText, publishedSchemas, schemaText } from '../../../src/json-schemas/schemas.ts';
import { filesOf } from './content-files.ts';

const fixtures = join(import.meta.dirname, '../../fixtures');
const ajv = new Ajv({ allErrors: true, strict: true, strictRequired: false });
ajv.addFormat('uri', (text: string) => URL.canParse(text));

const written = publishedSchemas.filter(({ files }) => files.length > 0);

/** The published text of a schema, compiled by a validator that knows nothing of zod. */
function validator(name: string) {
  const schema = publishedSchemas.find((each) => each.name === name);
  if (!schema) throw new Error(`there is no schema ${name}`);
  const validate = ajv.getSchema(name) ?? ajv.addSchema(JSON.parse(schemaText(schema)), name).getSchema(name);
  if (!validate) throw new Error(`the schema ${name} does not compile`);
  return validate;
}

describe.each(written.map((schema) => [schema.name, schema] as const))('%s', (name, schema) => {
  const validate = validator(name);

  test('every real file validates', () => {
    const files = filesOf(schema, 'content');
    expect(files.length).toBeGreaterThan(0);
    for (const { file, data } of files) {
      validate(data);
      expect([file, validate.errors ?? []]).toEqual([file, []]);
    }
  });

  test('every field has a description, which an editor shows', () => {
    expect(undescribed(JSON.parse(schemaText(schema)))).toEqual([]);
  });

  test('what the check accepts and refuses, the schema accepts and refuses', () => {
    const [example] = [...filesOf(schema, 'content'), ...filesOf(schema, join(fixtures, 'content'))];
    const wrong = [...mutations(example?.data)].flatMap(({ what, data }) =>
      schema.schema.safeParse(data).success === validate(data) ? [] : [what],
    );
    expect(wrong).toEqual([]);
  });
});

test.each([
  ['frontmatter-fields', 'reference-guide'],
  ['path-fields', 'learning-path'],
  ['script-fields', 'example-script'],
  ['chooser-fields', 'chooser'],
])('tests/fixtures/broken/%s does not validate', (folder, name) => {
  const schema = publishedSchemas.find((each) => each.name === name);
  const files = schema ? filesOf(schema, join(fixtures, 'broken', folder)) : [];
  expect(files.map(({ data }) => validator(name)(data))).toEqual([false]);
});

test('a step of a path names an entry or a page, and an answer of the chooser leads one way', () => {
  const errors = (name: string, data: unknown) => {
    validator(name)(data);
    return (validator(name).errors ?? []).map(({ instancePath, keyword }) => `${instancePath} ${keyword}`);
  };
  const step = { why: 'x', checkpoint: { question: 'Why?', answer: 'So.' } };
  const path = (steps: unknown[]) => ({ ...filesOfPath(), steps });
  expect(errors('learning-path', path([{ ...step, entry: 'guides/dpo-loss' }]))).toEqual([]);
  expect(errors('learning-path', path([{ ...step, entry: 'guides/a', page: 'glossary' }]))).toContain(
    '/steps/0 oneOf',
  );
  expect(errors('learning-path', path([step]))).toContain('/steps/0 oneOf');
});

test('the index and the settings of VS Code speak of the same files', () => {
  const settings = z
    .object({ 'yaml.schemas': z.record(z.string(), z.array(z.string())) })
    .parse(JSON.parse(readFileSync('.vscode/settings.json', 'utf8')));
  const expected = written
    .filter(({ part }) => part === 'file')
    .map(({ name, files }) => [`./public/schemas/${name}.json`, files.map((file) => `content/${file}`)]);
  expect(Object.entries(settings['yaml.schemas'])).toEqual(expected);
  const index: unknown = JSON.parse(indexText());
  expect(index).toMatchObject({ schemas: publishedSchemas.map(({ name }) => ({ schema: `${name}.json` })) });
});

function filesOfPath(): object {
  const schema = publishedSchemas.find(({ name }) => name === 'learning-path');
  const data = schema && filesOf(schema, join(fixtures, 'content'))[0]?.data;
  return z.record(z.string(), z.unknown()).parse(data);
}

/** The ways to fields without a description. */
function undescribed(schema: unknown, path = ''): string[] {
  const { properties, items } = z
    .object({ properties: z.record(z.string(), z.looseObject({})), items: z.unknown() })
    .partial()
    .parse(schema);
  const own = Object.entries(properties ?? {}).flatMap(([name, field]) => [
    ...(field.description ? [] : [`${path}/${name}`]),
    ...undescribed(field, `${path}/${name}`),
  ]);
  return [...own, ...(items === undefined ? [] : undescribed(items, `${path}/*`))];
}

/** The data with one slip in it: a field left out, one too many, or a value of another kind, at every place. */
function* mutations(data: unknown, path = ''): Generator<{ what: string; data: unknown }> {
  yield { what: `${path} as it is`, data };
  for (const other of [null, 7, 2.5, '', 'a b', 'Is it?', true, [], {}, [''], ['a-b'], { x: 'y' }]) {
    yield { what: `${path} = ${JSON.stringify(other)}`, data: other };
  }
  if (Array.isArray(data)) {
    const items: unknown[] = data;
    for (const [index, item] of items.entries()) {
      if (index > 1) break;
      for (const { what, data: changed } of mutations(item, `${path}/${index}`)) {
        yield { what, data: items.with(index, changed) };
      }
    }
  } else if (typeof data === 'object' && data !== null) {
    yield { what: `${path} and a field`, data: { ...data, surplus: 1 } };
    for (const [key, value] of Object.entries(data)) {
      const { [key]: _, ...rest } = z.record(z.string(), z.unknown()).parse(data);
      yield { what: `${path} without ${key}`, data: rest };
      for (const { what, data: changed } of mutations(value, `${path}/${key}`)) {
        yield { what, data: { ...rest, [key]: changed } };
      }
    }
  }
}
