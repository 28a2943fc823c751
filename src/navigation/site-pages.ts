import type { GlossaryTerm } from '../collections/glossary-term.ts';
import { displayed, fencedPython } from '../collections/reference-markdown.ts';
import type { SitePage } from '../collections/site-page.ts';
import type { Trainer } from '../collections/trainer.ts';
import { explorers } from '../explorers/registry.ts';
import { readingTime } from '../markdown/reading-time.ts';

/** What the site's own pages are made from. */
interface Records {
  trainers: readonly Trainer[];
  glossary: readonly GlossaryTerm[];
}

/** What a page of the site is called as a step of a path, and the Markdown that a reader of it reads. */
interface SitePageText {
  title: string;
  text(records: Records): string;
}

const texts: Record<SitePage, SitePageText> = {
  trainers: {
    title: 'The catalogue of trainers',
    text: ({ trainers }) =>
      trainers
        .map(({ name, title, summary, data, models }) =>
          [name, title, summary, data.columns.join(', '), models.join(', ')].join('\n'),
        )
        .join('\n\n'),
  },
  choose: {
    title: 'Choose a trainer',
    text: ({ trainers }) =>
      trainers.map(({ name, summary, when_not }) => [name, summary, when_not].join('\n')).join('\n\n'),
  },
  reference: {
    title: 'Quick reference',
    text: ({ trainers }) =>
      trainers
        .flatMap(({ name, summary, data, models, reference }) =>
          reference
            ? [
                [name, summary, data.columns.join(', '), models.join(', ')].join('\n'),
                displayed(reference.loss),
                [reference.where, reference.first_loss, reference.key_arguments.join(', ')].join('\n'),
                fencedPython(reference.minimal),
              ]
            : [],
        )
        .join('\n\n'),
  },
  glossary: {
    title: 'Glossary',
    text: ({ glossary }) =>
      glossary.map(({ term, plain, definition }) => [term, definition, ...plain].join('\n')).join('\n\n'),
  },
  explorers: {
    title: 'Explorers',
    text: () =>
      explorers.map(({ title, question, tryFirst }) => [title, question, tryFirst].join('\n')).join('\n\n'),
  },
};

/** The title of one of the site's own pages, and the minutes that reading what it shows takes. */
export function sitePage(page: SitePage, records: Records): { title: string; minutes: number } {
  const { title, text } = texts[page];
  return { title, minutes: readingTime(text(records)).minutes };
}
