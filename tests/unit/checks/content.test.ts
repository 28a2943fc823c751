import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ErrorCode } from '../../../src/errors/catalogue.ts';
import { brief, checkCases } from './content-fixture.ts';

type Expected = [code: ErrorCode, file: string, line: number, column: number, suggestion: string | undefined];

/** Each folder of tests/fixtures/broken/, laid over valid content, and what the check says of it. */
const cases: Record<string, Expected[]> = {
  'frontmatter-syntax': [
    ['frontmatter-syntax', 'reference-guides/broken-yaml.mdx', 2, 8, 'put a value that holds ": " in quotes'],
  ],
  'frontmatter-fields': [
    ['frontmatter-field', 'reference-guides/fields.mdx', 2, 1, 'did you mean `title`?'],
    ['frontmatter-field', 'reference-guides/fields.mdx', 5, 11, 'write `[dpo]`'],
    ['frontmatter-field', 'reference-guides/fields.mdx', 6, 13, undefined],
    ['frontmatter-field', 'reference-guides/fields.mdx', 8, 10, 'put the value in quotes'],
  ],
  'unknown-trainer': [['trainer-unknown', 'reference-guides/trainers.mdx', 5, 17, 'did you mean `dpo`?']],
  'duplicate-id': [['id-duplicate', 'example-scripts/dpo_training.py', 1, 1, undefined]],
  'duplicate-term': [['id-duplicate', 'glossary.yaml', 10, 9, undefined]],
  'unknown-region': [['region-unknown', 'annotated-trainers/dpo.mdx', 14, 1, 'did you mean `loss`?']],
  'unknown-symbol': [
    ['symbol-unknown', 'reference-guides/symbols.mdx', 10, 11, 'did you mean `DPOConfig.beta`?'],
  ],
  'unknown-symbol-in-cell': [
    ['symbol-unknown', 'example-scripts/dpo_training.py', 17, 16, 'did you mean `DPOConfig.beta`?'],
    ['argument-unknown', 'example-scripts/dpo_training.py', 22, 38, 'did you mean `beta`?'],
  ],
  'unknown-mirror': [
    ['symbol-unknown', 'distilled/dpo.py', 6, 23, 'did you mean `DPOTrainer._compute_loss`?'],
  ],
  'unknown-import': [
    ['symbol-unknown', 'reference-guides/imports.mdx', 11, 17, 'did you mean `DPOTrainer`?'],
  ],
  'moved-import': [
    [
      'symbol-unknown',
      'reference-guides/moved.mdx',
      10,
      17,
      'write `from trl.experimental.orpo import ORPOTrainer`',
    ],
  ],
  'minimal-script': [['argument-unknown', 'trainers/dpo.yaml', 32, 15, 'did you mean `beta`?']],
  'unbalanced-math': [
    [
      'math-unbalanced',
      'reference-guides/maths.mdx',
      12,
      13,
      'close the formula in the same paragraph, or write `\\$`',
    ],
  ],
  'script-without-header': [['script-header-missing', 'example-scripts/sft_training.py', 1, 1, undefined]],
  'script-invalid-toml': [['script-header-syntax', 'example-scripts/sft_training.py', 6, 11, undefined]],
  'script-fields': [
    ['script-header-field', 'example-scripts/sft_training.py', 8, 3, 'did you mean `summary`?'],
    ['script-header-field', 'example-scripts/sft_training.py', 11, 5, undefined],
    ['script-header-field', 'example-scripts/sft_training.py', 13, 16, undefined],
  ],
  'plot-without-run': [
    ['component-prop', 'example-scripts/plotting.py', 13, 5, 'did you mean `rewards/margins`?'],
  ],
  'path-step-nowhere': [
    ['entry-unknown', 'learning-paths/onwards.yaml', 12, 12, 'did you mean `examples/dpo-training`?'],
  ],
  'path-fields': [
    ['yaml-field', 'learning-paths/fields.yaml', 10, 11, undefined],
    ['yaml-field', 'learning-paths/fields.yaml', 13, 5, undefined],
    ['yaml-field', 'learning-paths/fields.yaml', 15, 11, 'did you mean `glossary`?'],
    ['yaml-field', 'learning-paths/fields.yaml', 17, 29, undefined],
    ['yaml-field', 'learning-paths/fields.yaml', 17, 41, undefined],
    ['yaml-field', 'learning-paths/fields.yaml', 18, 12, undefined],
    ['yaml-field', 'learning-paths/fields.yaml', 20, 29, undefined],
  ],
  'path-steps': [
    ['step-draft', 'learning-paths/steps.yaml', 12, 12, undefined],
    ['step-repeated', 'learning-paths/steps.yaml', 15, 11, undefined],
  ],
  'to-write': [
    ['to-write', 'reference-guides/half.mdx', 6, 3, undefined],
    ['to-write', 'reference-guides/half.mdx', 12, 3, undefined],
  ],
  'draft-linked': [
    ['draft-linked', 'learning-paths/now.yaml', 8, 9, undefined],
    ['draft-linked', 'learning-paths/now.yaml', 12, 75, undefined],
    ['draft-linked', 'reference-guides/ready.mdx', 7, 23, undefined],
    ['draft-linked', 'reference-guides/ready.mdx', 9, 25, undefined],
    ['draft-linked', 'reference-guides/ready.mdx', 12, 12, undefined],
    ['draft-linked', 'reference-guides/ready.mdx', 12, 49, undefined],
    ['draft-linked', 'reference-guides/ready.mdx', 12, 77, undefined],
  ],
  'path-without-chooser': [['entry-unknown', 'learning-paths/choosing.yaml', 9, 11, undefined]],
  'path-order': [
    ['path-unknown', 'learning-paths/early.yaml', 8, 9, 'did you mean `first-steps`?'],
    ['path-order', 'learning-paths/early.yaml', 8, 21, undefined],
    ['id-duplicate', 'learning-paths/first-steps.yaml', 4, 8, undefined],
  ],
  'path-text': [
    ['symbol-unknown', 'learning-paths/text.yaml', 7, 10, 'did you mean `DPOConfig.beta`?'],
    ['term-unknown', 'learning-paths/text.yaml', 10, 10, 'did you mean `reference-model`?'],
    [
      'math-unbalanced',
      'learning-paths/text.yaml',
      12,
      17,
      'close the formula in the same paragraph, or write `\\$`',
    ],
    ['symbol-unknown', 'learning-paths/text.yaml', 13, 15, 'did you mean `DPOTrainer`?'],
  ],
  'migration-missing': [
    ['migration-missing', 'migration.yaml', 1, 3, undefined],
    ['migration-unknown', 'migration.yaml', 1, 34, 'did you mean `DPOConfig.rpo_alpha`?'],
  ],
  'default-run': [
    ['default-run', 'default-runs.yaml', 1, 11, 'did you mean `dpo_training`?'],
    ['default-run', 'default-runs.yaml', 5, 8, 'did you mean `trainer`?'],
    ['default-run', 'default-runs.yaml', 6, 11, undefined],
  ],
  'binary-file': [['file-not-text', 'reference-guides/picture.mdx', 1, 1, undefined]],
  latin1: [['file-not-text', 'reference-guides/latin.mdx', 10, 7, undefined]],
  'empty-file': [['file-empty', 'reference-guides/empty.mdx', 1, 1, undefined]],
  'unknown-argument': [
    ['argument-unknown', 'reference-guides/arguments.mdx', 13, 38, 'did you mean `beta`?'],
    ['argument-unknown', 'reference-guides/arguments.mdx', 14, 44, 'it is now called `processing_class`'],
    [
      'argument-unknown',
      'reference-guides/arguments.mdx',
      14,
      60,
      'it is a field of `DPOConfig`: pass `args=DPOConfig(max_length=…)`',
    ],
  ],
  'python-syntax': [['python-syntax', 'reference-guides/syntax.mdx', 11, 6, undefined]],
  'unknown-paper': [['paper-unknown', 'reference-guides/papers.mdx', 10, 26, 'did you mean `2305.18290`?']],
  'unknown-term': [['term-unknown', 'reference-guides/terms.mdx', 10, 20, 'did you mean `reference-model`?']],
  'slug-mismatch': [
    ['slug-mismatch', 'trainers/sft.yaml', 1, 7, 'name the file `sft-2.yaml`, or write `slug: sft`'],
  ],
  'file-name': [['slug-mismatch', 'reference-guides/DPO_loss.mdx', 1, 1, 'name it `dpo-loss`']],
  availability: [
    ['removed-without-successor', 'trainers/sft.yaml', 23, 13, undefined],
    ['availability-order', 'trainers/sft.yaml', 23, 29, undefined],
  ],
  'distilled-unknown': [
    ['slug-mismatch', 'annotated-trainers/dpo.mdx', 5, 11, 'write `trainers: [dpo]`, or rename the file'],
    ['distilled-unknown', 'annotated-trainers/dpo.mdx', 8, 12, 'did you mean `dpo`?'],
  ],
  'chooser-graph': [
    ['chooser-nowhere', 'chooser.yaml', 6, 46, 'did you mean `goal`?'],
    ['id-duplicate', 'chooser.yaml', 8, 15, undefined],
    ['chooser-nowhere', 'chooser.yaml', 8, 50, 'did you mean `pairs`?'],
    ['chooser-label', 'chooser.yaml', 14, 28, undefined],
    ['chooser-cycle', 'chooser.yaml', 19, 42, undefined],
    ['chooser-unreachable', 'chooser.yaml', 21, 9, undefined],
    ['chooser-unreachable', 'chooser.yaml', 38, 9, undefined],
  ],
  'chooser-trainers': [
    ['symbol-unknown', 'chooser.yaml', 4, 11, 'did you mean `DPOConfig.beta`?'],
    ['chooser-runner-up', 'chooser.yaml', 13, 17, undefined],
    ['trainer-unknown', 'chooser.yaml', 14, 23, 'did you mean `dpo`?'],
    ['entry-unknown', 'chooser.yaml', 16, 12, 'did you mean `guides/dpo-loss`?'],
    ['chooser-trainer-missing', 'chooser.yaml', 23, 3, undefined],
    ['chooser-never-taken', 'chooser.yaml', 23, 16, undefined],
  ],
  'chooser-fields': [
    ['yaml-field', 'chooser.yaml', 3, 10, undefined],
    ['yaml-field', 'chooser.yaml', 6, 9, undefined],
    ['yaml-field', 'chooser.yaml', 7, 9, undefined],
    ['yaml-field', 'chooser.yaml', 8, 22, 'did you mean `label`?'],
    ['yaml-field', 'chooser.yaml', 11, 11, undefined],
    ['yaml-field', 'chooser.yaml', 13, 17, undefined],
  ],
  'json-shape': [['json-shape', 'runs/dpo_training.json', 10, 14, undefined]],
  'metric-undocumented': [['metric-undocumented', 'annotated-trainers/dpo.mdx', 11, 1, undefined]],
  'record-markdown': [
    ['math-syntax', 'glossary.yaml', 3, 11, undefined],
    ['symbol-unknown', 'glossary.yaml', 4, 15, 'did you mean `DPOConfig.beta`?'],
  ],
  'frontmatter-characters': [
    ['frontmatter-syntax', 'reference-guides/characters.mdx', 3, 18, 'delete it, and write the word anew'],
  ],
  'prototype-argument': [['argument-unknown', 'reference-guides/prototype.mdx', 15, 29, undefined]],
  'math-endless': [['math-syntax', 'reference-guides/endless.mdx', 12, 10, undefined]],
  unverified: [
    ['argument-unknown', 'reference-guides/imported.mdx', 11, 11, 'it is now called `eval_strategy`'],
  ],
};

/** What is not an error: a warning does not fail the check. */
const warnings = new Set(['metric-undocumented', 'unverified']);

test('valid content has no problem', async () => {
  const { source, problems } = await checkCases([]);
  expect(problems).toEqual([]);
  expect(source.trainers.map(({ slug }) => slug)).toEqual(['sft', 'dpo']);
  expect([...source.annotated, ...source.guides, ...source.scripts].map(({ ref }) => ref)).toEqual([
    'trainers/dpo',
    'guides/dpo-loss',
    'examples/dpo-training',
  ]);
});

test.each(Object.entries(cases))('%s', async (name, expected) => {
  const { problems } = await checkCases([name]);
  expect(problems.map(brief)).toEqual(expected);
  const severity = warnings.has(name) ? 'warning' : 'error';
  expect(new Set(problems.map((each) => each.severity))).toEqual(new Set([severity]));
});

test('every problem in a text file shows its line', async () => {
  const { problems } = await checkCases(['unknown-trainer']);
  expect(problems[0]).toEqual({
    code: 'trainer-unknown',
    severity: 'error',
    file: 'reference-guides/trainers.mdx',
    line: 5,
    column: 17,
    length: 4,
    message: 'the registry has no trainer `dpoo`',
    suggestion: 'did you mean `dpo`?',
    excerpt: 'trainers: [sft, dpoo]',
  });
});

test('every broken folder is a case of this file', () => {
  const folders = readdirSync(join(import.meta.dirname, '../../fixtures/broken'));
  expect(Object.keys(cases).sort()).toEqual(folders.sort());
});

test('one run reports every mistake of every file', async () => {
  // Cases that change one and the same file cannot lie over each other: the last one would win.
  const apart = new Set(['unknown-region', 'script-without-header', 'script-invalid-toml', 'slug-mismatch']);
  apart
    .add('chooser-trainers')
    .add('chooser-fields')
    .add('path-without-chooser') // the other cases bring one
    .add('json-shape')
    .add('record-markdown')
    .add('duplicate-id')
    .add('metric-undocumented');
  const names = Object.keys(cases).filter((name) => !apart.has(name));
  const { problems } = await checkCases(names);
  const expected = names.flatMap((name) => cases[name] ?? []).map((each) => each.join(' '));
  expect(problems.map((each) => brief(each).join(' ')).sort()).toEqual(expected.sort());
});
