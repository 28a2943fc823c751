import { z } from 'zod';
import { entryPattern, slug } from './entry.ts';
import type { DataPath } from './origin.ts';
import { sitePages } from './site-page.ts';

const text = z.string().trim().regex(/\S/, 'expected text');
const question = z.string().trim().regex(/\S\?$/, 'expected a question that ends with "?"');
const entry = z
  .string()
  .regex(
    entryPattern,
    'expected trainers/<id>, guides/<id> or examples/<id>; a page of the site itself is named by `page:`',
  );

/** A step names one page: `entry: trainers/sft` that an author wrote, or `page: glossary` of the site itself. */
const stepSchema = z
  .strictObject({
    entry: entry.optional().describe('A page that you wrote: `guides/dpo-loss`.'),
    page: z.enum(sitePages).optional().describe('A page of the site itself.'),
    why: text.describe('Why this page, and why now; Markdown.'),
    checkpoint: z
      .strictObject({
        question: question.describe('What a reader who understood the page can answer; Markdown.'),
        answer: text.describe('The answer, explained; Markdown.'),
      })
      .describe('A question at the end of the step.'),
  })
  .meta({ oneOf: [{ required: ['entry'] }, { required: ['page'] }] })
  .transform(({ entry, page, ...step }, { issues }) => {
    const ref = entry ?? page;
    if (ref !== undefined && (entry === undefined || page === undefined)) return { ref, ...step };
    const message =
      ref === undefined
        ? `\`entry: guides/<id>\` of a page that you wrote, or \`page:\` with ${sitePages.join(', ')}`
        : 'one of `entry` and `page`, not both';
    issues.push({ code: 'custom', message, input: page, path: ref === undefined ? [] : ['page'] });
    return z.NEVER;
  });

/** A learning path, `content/learning-paths/<slug>.yaml`: pages in an order that builds up. */
export const learningPathSchema = z.strictObject({
  slug: slug.describe('The name of the file.'),
  name: z.string().trim().min(1).max(24).describe('What links call it, in a word or two: `RL`.'),
  title: z.string().trim().min(3).max(90).describe('Heading of its page.'),
  order: z.int().min(1).describe('Place among the paths, 1 first.'),
  for_whom: z.string().trim().min(10).max(110).describe('For whom it is, in a line for lists.'),
  audience: text.describe('For whom it is, in a paragraph; Markdown.'),
  outcome: text.describe('What the reader can do afterwards; Markdown.'),
  prerequisites: z.array(text).default([]).describe('What a reader should know before; inline Markdown.'),
  after: z.array(slug).default([]).describe('Slugs of paths to take before this one.'),
  steps: z.array(stepSchema).min(1).describe('Pages, in the order in which they build up.'),
  draft: z.boolean().default(false).describe('A path that is not finished: readers do not see it.'),
});

export type LearningPath = z.output<typeof learningPathSchema>;

/** The Markdown that stands in a path, each with the way to it. */
export function pathMarkdown(path: LearningPath): { at: DataPath; text: string }[] {
  return [
    { at: ['audience'], text: path.audience },
    { at: ['outcome'], text: path.outcome },
    ...path.prerequisites.map((text, index) => ({ at: ['prerequisites', index], text })),
    ...path.steps.flatMap(({ why, checkpoint: { question, answer } }, index) => [
      { at: ['steps', index, 'why'], text: why },
      { at: ['steps', index, 'checkpoint', 'question'], text: question },
      { at: ['steps', index, 'checkpoint', 'answer'], text: answer },
    ]),
  ];
}
