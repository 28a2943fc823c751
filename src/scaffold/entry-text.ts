import type { Trainer } from '../collections/trainer.ts';
import { toWrite } from '../collections/unfinished.ts';
import { yamlComment, yamlLine, yamlList } from './yaml-text.ts';

/** The ids of the pages of a set. */
export interface SetIds {
  annotated: string;
  guide: string;
  script: string;
}

/** What the head of a page says before its author has changed it. */
export interface HeadText {
  title: string;
  question: string;
  summary: string;
  trainers: readonly string[];
  difficulty: number;
  prerequisites: readonly string[];
  covers: readonly string[];
  papers: readonly string[];
  next: readonly string[];
  unchecked: readonly string[];
}

/**
 * Frontmatter of a draft: every value stands, and a comment says which of them an author must look at.
 *
 * @param from what title, question and summary were made from
 */
export function draftFrontmatter(
  head: HeadText,
  extra: readonly string[] = [],
  from = 'the registry',
): string {
  return [
    '---',
    yamlComment(toWrite(`title, question and summary are made from ${from}; put them in your words.`)),
    yamlLine('title', head.title),
    yamlLine('question', head.question),
    yamlLine('summary', head.summary),
    ...(head.trainers.length > 0 ? [yamlLine('trainers', head.trainers)] : []),
    ...extra,
    yamlLine('difficulty', head.difficulty),
    ...(head.prerequisites.length > 0 ? yamlList('prerequisites', head.prerequisites) : []),
    yamlComment(toWrite('what the page covers; STATUS lists it.')),
    ...yamlList('covers', head.covers),
    ...(head.papers.length > 0 ? [yamlLine('papers', head.papers)] : []),
    ...(head.next.length > 0 ? [yamlLine('next', head.next)] : []),
    ...(head.unchecked.length > 0
      ? [
          yamlComment(toWrite('what nobody checked, and nothing else.')),
          ...yamlList('unchecked', head.unchecked),
        ]
      : []),
    '# A draft is built by `npm run dev`, and by `npm run build -- --drafts`. Nothing unfinished may stay when this goes.',
    'draft: true',
    '---',
    '',
  ].join('\n');
}

/** A paragraph that is still to be written, in Markdown. */
export function paragraph(what: string): string {
  return `**${toWrite(what)}**`;
}

/** Text of a record as MDX: what would be a tag or an expression stays text. */
export function mdxText(text: string): string {
  return text.replace(/[{<]/g, '\\$&');
}

/** The registry's sentence as a summary of 20 to 220 characters, cut between words. */
export function summaryOf({ summary, title }: Pick<Trainer, 'summary' | 'title'>): string {
  const whole = summary.length < 20 ? `${title}: ${summary} A draft so far.` : summary;
  if (whole.length <= 220) return whole;
  return `${whole.slice(0, 219).replace(/\s+\S*$/, '')}…`;
}
