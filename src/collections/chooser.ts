import { z } from 'zod';
import { entryRef, slug } from './entry.ts';
import type { DataPath } from './origin.ts';

/** Trainers to run one after the other: `[dpo]`, or `[sft, dpo]`. */
const sequence = z.array(slug).min(1).max(3);

/** An answer, which leads to another question or to a result. */
const answerSchema = z
  .strictObject({
    id: slug.describe('Its value in the address: `?data=pairs`.'),
    label: z.string().min(2).max(140).describe('A sentence or half of one, in plain text.'),
    note: z.string().optional().describe('What the answer means for the run, whatever the result; Markdown.'),
    next: slug.optional().describe('The id of the question that it leads to.'),
    result: slug.optional().describe('The id of the result that it leads to.'),
  })
  .refine(({ next, result }) => (next === undefined) !== (result === undefined), {
    message: 'either `next`, the id of a question, or `result`, the id of a result',
  })
  .meta({ oneOf: [{ required: ['next'] }, { required: ['result'] }] });

const questionSchema = z.strictObject({
  id: slug.describe('Its name in the address: `?data=pairs`.'),
  ask: z
    .string()
    .max(120)
    .endsWith('?', 'expected a question that ends with "?"')
    .describe('The question, in plain text.'),
  help: z.string().describe('What its words mean; Markdown.'),
  answers: z.array(answerSchema).min(2).describe('Each leads to a question or to a result.'),
});

const resultSchema = z.strictObject({
  id: slug.describe('Its name in the address.'),
  take: sequence.describe('Trainers to run one after the other: `[sft, dpo]`.'),
  reason: z.string().describe('Why this one; Markdown.'),
  runners_up: z
    .array(
      z.strictObject({
        take: sequence.describe('Trainers to run one after the other.'),
        why: z.string().describe('When it is the better way, and why only second; Markdown.'),
      }),
    )
    .min(1)
    .describe('What comes second.'),
  caveats: z
    .array(z.string())
    .default([])
    .describe(
      'What to know before; Markdown. That a trainer is experimental or removed is added from the registry.',
    ),
  first: z.string().describe('What to do first; Markdown.'),
  read: z.array(entryRef).default([]).describe("Pages beyond the trainers' own."),
});

/**
 * `content/chooser.yaml`: from what a reader has to a trainer.
 * Answers may share a question or a result, so the tree is a graph without cycles; a check sees to that.
 */
export const chooserSchema = z.strictObject({
  questions: z.array(questionSchema).min(1).describe('The first question is where everybody starts.'),
  results: z.array(resultSchema).min(1).describe('Where the answers lead.'),
  never: z
    .array(
      z.strictObject({
        trainer: slug.describe('A slug of the registry.'),
        why: z.string().describe('Why no route ends there; Markdown.'),
      }),
    )
    .default([])
    .describe('Trainers that no route recommends, each with the reason.'),
});

export type Chooser = z.output<typeof chooserSchema>;
export type ChooserQuestion = Chooser['questions'][number];
export type ChooserAnswer = ChooserQuestion['answers'][number];
export type ChooserResult = Chooser['results'][number];

/** Every text of the chooser that is Markdown, with the way to it. */
export function chooserMarkdown({ questions, results, never }: Chooser): { path: DataPath; text: string }[] {
  return [
    ...questions.flatMap(({ help, answers }, at) => [
      { path: ['questions', at, 'help'], text: help },
      ...answers.flatMap(({ note }, i) =>
        note === undefined ? [] : [{ path: ['questions', at, 'answers', i, 'note'], text: note }],
      ),
    ]),
    ...results.flatMap(({ reason, first, caveats, runners_up }, at) => [
      { path: ['results', at, 'reason'], text: reason },
      { path: ['results', at, 'first'], text: first },
      ...caveats.map((text, i) => ({ path: ['results', at, 'caveats', i], text })),
      ...runners_up.map(({ why }, i) => ({ path: ['results', at, 'runners_up', i, 'why'], text: why })),
    ]),
    ...never.map(({ why }, at) => ({ path: ['never', at, 'why'], text: why })),
  ];
}
