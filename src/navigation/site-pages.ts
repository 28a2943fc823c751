import { routes } from '../chooser/graph.ts';
import type { Chooser } from '../collections/chooser.ts';
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
  chooser?: Chooser | undefined;
}

/** What a page of the site is called as a step of a path, and the Markdown that a reader of it reads. */
interface SitePageText {
  title: string;
  /** Undefined where this content has no such page. */
  text(records: Records): string | undefined;
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
    text: ({ chooser }) => chooser && longestRoute(chooser),
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

/** What is read on the wordiest way through the chooser: its questions with all their answers, and the result. */
function longestRoute(chooser: Chooser): string {
  const question = (id: string) =>
    chooser.questions.flatMap(({ ask, help, answers, ...each }) =>
      each.id === id ? [ask, help, ...answers.map(({ label }) => label)] : [],
    );
  const result = (id: string) =>
    chooser.results.flatMap(({ reason, first, caveats, runners_up, ...each }) =>
      each.id === id ? [reason, first, ...caveats, ...runners_up.map(({ why }) => why)] : [],
    );
  return routes(chooser)
    .map((route) => [...route.steps.flatMap((step) => question(step.question)), ...result(route.result)])
    .map((parts) => parts.join('\n\n'))
    .reduce((longest, text) => (text.length > longest.length ? text : longest), '');
}

/**
 * The title of one of the site's own pages, and the minutes that reading what it shows takes; undefined where
 * this content has no such page.
 */
export function sitePage(page: SitePage, records: Records): { title: string; minutes: number } | undefined {
  const { title, text } = texts[page];
  const shown = text(records);
  return shown === undefined ? undefined : { title, minutes: readingTime(shown).minutes };
}
