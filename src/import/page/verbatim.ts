import { bareName, wordsOf } from '../naming/file-name.ts';
import { type PageMetadata, questionOf, summaryOf, titleOf } from './metadata.ts';

/** The page of a text that the import cannot read with certainty: all of it, as it is written, as one block. */
export function verbatimPage(text: string, path: string): { metadata: PageMetadata; body: string } {
  const title = titleOf(wordsOf(bareName(path)), path);
  const ticks = '`'.repeat(Math.max(2, ...(text.match(/`+/g) ?? []).map(({ length }) => length)) + 1);
  return {
    metadata: {
      title,
      question: questionOf(title, 'document', undefined),
      summary: summaryOf([], title, path),
      difficulty: 2,
      covers: [title],
    },
    body: `${ticks}\n${text.trimEnd()}\n${ticks}\n`,
  };
}
