import { expect, test } from 'vitest';
import { learningPathSchema, pathMarkdown } from '../../../src/collections/learning-path.ts';

const step = { entry: 'guides/a', why: 'It is first.', checkpoint: { question: 'Why?', answer: 'Because.' } };
const path = {
  slug: 'first-steps',
  name: 'First',
  title: 'First steps',
  order: 1,
  for_whom: 'Those who begin.',
  audience: 'You begin.',
  outcome: 'You can train.',
  prerequisites: ['Python'],
  steps: [step, { ...step, entry: undefined, page: 'glossary' }],
};

test('a step leads to a page that an author wrote or to one of the site itself', () => {
  expect(learningPathSchema.parse(path).steps.map(({ ref }) => ref)).toEqual(['guides/a', 'glossary']);
});

test.each([
  [
    {},
    [],
    '`entry: guides/<id>` of a page that you wrote, or `page:` with trainers, choose, reference, glossary, explorers',
  ],
  [{ entry: 'guides/a', page: 'glossary' }, ['page'], 'one of `entry` and `page`, not both'],
])('a step to %j is refused', (target, at, message) => {
  const { why, checkpoint } = step;
  const { error } = learningPathSchema.safeParse({ ...path, steps: [{ why, checkpoint, ...target }] });
  expect(error?.issues.map((issue) => [issue.path, issue.message])).toEqual([[['steps', 0, ...at], message]]);
});

test('every Markdown text of a path is found with the way to it', () => {
  expect(pathMarkdown(learningPathSchema.parse({ ...path, steps: [step] }))).toEqual([
    { at: ['audience'], text: 'You begin.' },
    { at: ['outcome'], text: 'You can train.' },
    { at: ['prerequisites', 0], text: 'Python' },
    { at: ['steps', 0, 'why'], text: 'It is first.' },
    { at: ['steps', 0, 'checkpoint', 'question'], text: 'Why?' },
    { at: ['steps', 0, 'checkpoint', 'answer'], text: 'Because.' },
  ]);
});

test.each([
  [{ checkpoint: { question: 'Say it.', answer: 'A' } }, 'expected a question that ends with "?"'],
  [{ checkpoint: { question: '?', answer: 'A' } }, 'expected a question that ends with "?"'],
  [{ why: '  ' }, 'expected text'],
  [{ entry: 'glossary' }, expect.stringContaining('a page of the site itself is named by `page:`')],
  [{ entry: 'a guides/x' }, expect.stringContaining('expected trainers/<id>')],
  [{ entry: 'guides/x/y' }, expect.stringContaining('expected trainers/<id>')],
])('a step with %j is told what is expected', (changes, message) => {
  const { error } = learningPathSchema.safeParse({ ...path, steps: [{ ...step, ...changes }] });
  expect(error?.issues.map((issue) => issue.message)).toEqual([message]);
});

test('what a path leaves out is filled in; spaces around a text are not part of it', () => {
  const { prerequisites, ...rest } = path;
  expect(learningPathSchema.parse({ ...rest, name: ' RL ', steps: [step] })).toMatchObject({
    ...{ name: 'RL', prerequisites: [], after: [], draft: false },
  });
});
