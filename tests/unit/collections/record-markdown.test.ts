import { expect, test } from 'vitest';
import { chooserSchema } from '../../../src/collections/chooser.ts';
import { originOf } from '../../../src/collections/content-source.ts';
import { readContent } from '../../../src/collections/read-content.ts';
import { recordMarkdown } from '../../../src/collections/record-markdown.ts';
import { trainerSchema } from '../../../src/collections/trainer.ts';

const source = await readContent('tests/fixtures/content');
const [guide] = source.guides;
const [script] = source.scripts;
const [trainer] = source.trainers;
if (!guide || !script || !trainer) throw new Error('expected a guide, a script and a trainer in the fixture');

const nothing = {
  ...source,
  ...{ trainers: [], annotated: [], guides: [], scripts: [], paths: [], glossary: [], migration: [] },
};
const textsOf = (changes: Partial<typeof source>) =>
  recordMarkdown({ ...nothing, ...changes }).map(({ path, text }) => [path.join('.'), text]);

test('every text of the fixture stands in a record that knows its place', () => {
  const places = recordMarkdown(source).map(({ record, path, text }) => {
    const { file, line } = originOf(source, record).locate(path);
    return [file.replace('tests/fixtures/content/', ''), line, text];
  });
  expect(places).toContainEqual([
    'learning-paths/first-steps.yaml',
    6,
    'Someone who has fine-tuned a model once.',
  ]);
  expect(places).toContainEqual(['glossary.yaml', 4, 'The frozen copy that the policy is compared with.']);
});

test('a record of other content has no origin here', () => {
  expect(() => originOf(source, {})).toThrow('originOf: the record does not belong to this content');
});

test('a page has what it asks for and what nobody checked', () => {
  const data = { ...guide.data, prerequisites: ['Python', '*Some* maths'], unchecked: ['a GPU run'] };
  expect(textsOf({ guides: [{ ...guide, data }] })).toEqual([
    ['prerequisites.0', 'Python'],
    ['prerequisites.1', '*Some* maths'],
    ['unchecked.0', 'a GPU run'],
  ]);
});

test('a script has bugs, hardware and the words before its figures', () => {
  const plot = { title: 'Loss', series: ['loss'], variants: ['plain'] };
  const data = {
    ...script.data,
    bugs: { swapped: 'The margin falls.' },
    hardware: { CPU: '12 seconds' },
    plots: [
      { ...plot, text: '' },
      { ...plot, text: 'It falls.' },
    ],
  };
  expect(textsOf({ scripts: [{ ...script, data }] })).toEqual([
    ['bugs.swapped', 'The margin falls.'],
    ['hardware.CPU', '12 seconds'],
    ['plots.1', 'It falls.'],
  ]);
});

test('a term has a definition, and a symbol as a formula', () => {
  const term = { id: 'beta', term: 'beta', definition: 'The tie.', plain: [], see: [], papers: [] };
  expect(textsOf({ glossary: [{ ...term, symbol: '\\beta' }, term] })).toEqual([
    ['definition', 'The tie.'],
    ['symbol', '$\\beta$'],
    ['definition', 'The tie.'],
  ]);
});

test('a migration note and a chooser have theirs', () => {
  const chooser = chooserSchema.parse({
    questions: [
      {
        ...{ id: 'data', ask: 'What?', help: 'Rows.' },
        answers: [
          { id: 'a', label: 'One', result: 'dpo' },
          { id: 'b', label: 'Two', result: 'dpo' },
        ],
      },
    ],
    results: [
      { id: 'dpo', take: ['dpo'], reason: 'R', runners_up: [{ take: ['kto'], why: 'W' }], first: 'F' },
    ],
  });
  expect(textsOf({ chooser, migration: [{ changes: ['PPOTrainer'], say: 'Use another.' }] })).toEqual([
    ['say', 'Use another.'],
    ['questions.0.help', 'Rows.'],
    ['results.0.reason', 'R'],
    ['results.0.first', 'F'],
    ['results.0.runners_up.0.why', 'W'],
  ]);
});

test('a trainer has its quick reference, with the loss as a formula and the script as a fence', () => {
  const reference = {
    ...{ loss: ' L = 0\n', where: 'Of $L$.', first_loss: '$\\log 2$', first_loss_recorded: 0.69 },
    ...{ key_arguments: ['beta'], minimal: 'import trl\n' },
  };
  expect(
    textsOf({ trainers: [trainerSchema.parse({ ...trainer, reference, instead_why: 'Gone.' })] }),
  ).toEqual([
    ['reference.where', 'Of $L$.'],
    ['reference.first_loss', '$\\log 2$'],
    ['reference.loss', '$$\nL = 0\n$$'],
    ['reference.minimal', '```python\nimport trl\n```'],
    ['instead_why', 'Gone.'],
  ]);
});
