import { z } from 'zod';
import { entryRef, slug } from './entry.ts';
import type { DataPath } from './origin.ts';

/** Trainers to run one after the other: `[dpo]`, or `[sft, dpo]`. */
const sequence = z.array(slug).min(1).max(3);

/** An answer, which leads to another question or to a result. */
const answerSchema = z
  .strictObject({
    /** Its value in the address: `?data=pairs`. */
    id: slug,
    /** A sentence or half of one, in plain text. */
    label: z.string().min(2).max(140),
    /** What the answer means for the run, whatever the result; Markdown. */
    note: z.string().optional(),
    next: slug.optional(),
    result: slug.optional(),
  })
  .refine(({ next, result }) => (next === undefined) !== (result === undefined), {
    message: 'either `next`, the id of a question, or `result`, the id of a result',
  });

const questionSchema = z.strictObject({
  /** Its name in the address: `?data=pairs`. */
  id: slug,
  /** Plain text. */
  ask: z.string().max(120).endsWith('?', 'expected a question that ends with "?"'),
  /** What its words mean; Markdown. */
  help: z.string(),
  answers: z.array(answerSchema).min(2),
});

const resultSchema = z.strictObject({
  id: slug,
  take: sequence,
  /** Why this one; Markdown. */
  reason: z.string(),
  /** What comes second, and why second; Markdown. */
  runners_up: z.array(z.strictObject({ take: sequence, why: z.string() })).min(1),
  /** What to know before; Markdown. That a trainer is experimental or removed is added from the registry. */
  caveats: z.array(z.string()).default([]),
  /** What to do first; Markdown. */
  first: z.string(),
  /** Pages beyond the trainers' own. */
  read: z.array(entryRef).default([]),
});

/**
 * `content/chooser.yaml`: from what a reader has to a trainer. The first question is where everybody starts.
 * Answers may share a question or a result, so the tree is a graph without cycles; a check sees to that.
 */
export const chooserSchema = z.strictObject({
  questions: z.array(questionSchema).min(1),
  results: z.array(resultSchema).min(1),
  /** Trainers that no route recommends, each with the reason; Markdown. */
  never: z.array(z.strictObject({ trainer: slug, why: z.string() })).default([]),
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
