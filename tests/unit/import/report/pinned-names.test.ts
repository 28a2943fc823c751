import { describe, expect, test } from 'vitest';
import { trlNames } from '../../../../src/import/report/names.ts';
import { content, imported, report } from './report-on.ts';

const [newest] = content.facts;
const classes = newest?.classes ?? [];

describe('of what the pinned release has, the report says nothing', () => {
  test('each name, imported from each module that has it', () => {
    const lines = Object.entries(trlNames.exports).flatMap(([module, names]) =>
      names.map((name) => `from ${module} import ${name}`),
    );
    expect(lines.length).toBeGreaterThan(2000);
    expect(report(imported('all.py', `${lines.join('\n')}\n`))).toEqual([]);
  });

  test('each module', () => {
    const modules = Object.keys(trlNames.exports).map((module) => `import ${module}`);
    expect(report(imported('modules.py', `${modules.join('\n')}\n`))).toEqual([]);
  });

  test('each field of each config, as an argument, in prose and as an attribute', () => {
    const configs = classes.filter(({ kind }) => kind === 'config');
    const code = configs.flatMap(({ name, import_path, fields }) => [
      `from ${import_path} import ${name}`,
      `args = ${name}(${fields.map((field) => `${field.name}=x`).join(', ')})`,
      ...fields.map((field) => `args.${field.name} = x`),
    ]);
    const prose = configs.flatMap(({ name, fields }) =>
      fields.flatMap((field) => [`\`${name}.${field.name}\``, `\`${name}(${field.name}=…)\``]),
    );
    expect(prose.length).toBeGreaterThan(5000);
    expect(report(imported('all.py', code.join('\n')), imported('all.md', prose.join('\n')))).toEqual([]);
  });

  test('each parameter and method of each trainer', () => {
    const trainers = classes.filter(({ kind }) => kind === 'trainer');
    const code = trainers.flatMap(({ name, import_path, methods }) => {
      const parameters = methods.find((each) => each.name === '__init__')?.parameters ?? [];
      const named = parameters.filter(({ kind }) => !kind.startsWith('var_'));
      return [
        `from ${import_path} import ${name}`,
        `trainer = ${name}(${named.map((each) => `${each.name}=x`).join(', ')})`,
        ...methods.map((method) => `trainer.${method.name}()`),
      ];
    });
    expect(trainers.length).toBeGreaterThan(15);
    expect(report(imported('trainers.py', code.join('\n')))).toEqual([]);
  });
});

describe('of this project’s own pages, the report says nothing', () => {
  const entries = [...content.annotated, ...content.guides, ...content.scripts];
  test.each(entries.map((entry) => [entry.ref, entry] as const))('%s', (_, { file, data }) => {
    const path = file.replace(/\.mdx$/, '.md');
    const text = content.texts.get(file) ?? '';
    expect(text.length).toBeGreaterThan(500);
    expect(report(imported(path, text, { trainers: data.trainers }))).toEqual([]);
  });
});
