import { expect, test } from 'vitest';
import { chooserMarkdown, chooserSchema } from '../../../src/collections/chooser.ts';

const chooser = {
  questions: [
    {
      id: 'data',
      ask: 'What do you have?',
      help: 'A row of **data**.',
      answers: [
        { id: 'pairs', label: 'Pairs', note: 'Two answers.', result: 'dpo' },
        { id: 'text', label: 'Texts', result: 'sft' },
      ],
    },
  ],
  results: [
    {
      id: 'dpo',
      take: ['sft', 'dpo'],
      reason: 'It needs no reward model.',
      runners_up: [{ take: ['kto'], why: 'When pairs are rare.' }],
      caveats: ['Watch the margin.'],
      first: 'Look at the pairs.',
    },
  ],
  never: [{ trainer: 'ppo', why: 'It moved.' }],
};

test('every Markdown text of a chooser is found with the way to it', () => {
  expect(chooserMarkdown(chooserSchema.parse(chooser))).toEqual([
    { path: ['questions', 0, 'help'], text: 'A row of **data**.' },
    { path: ['questions', 0, 'answers', 0, 'note'], text: 'Two answers.' },
    { path: ['results', 0, 'reason'], text: 'It needs no reward model.' },
    { path: ['results', 0, 'first'], text: 'Look at the pairs.' },
    { path: ['results', 0, 'caveats', 0], text: 'Watch the margin.' },
    { path: ['results', 0, 'runners_up', 0, 'why'], text: 'When pairs are rare.' },
    { path: ['never', 0, 'why'], text: 'It moved.' },
  ]);
});

test.each([
  ['to a result', { result: 'dpo' }, true],
  ['to a question', { next: 'data' }, true],
  ['to both', { result: 'dpo', next: 'data' }, false],
  ['to neither', {}, false],
])('an answer that leads %s is accepted: %s', (_, target, accepted) => {
  const [question] = chooser.questions;
  const answers = [{ id: 'a', label: 'An answer', ...target }, ...(question?.answers ?? [])];
  const { success, error } = chooserSchema.safeParse({ ...chooser, questions: [{ ...question, answers }] });
  expect(success).toBe(accepted);
  expect(error?.issues.map(({ message }) => message) ?? []).toEqual(
    accepted ? [] : ['either `next`, the id of a question, or `result`, the id of a result'],
  );
});
