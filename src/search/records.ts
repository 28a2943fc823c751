import type { GlossaryTerm } from '../collections/glossary-term.ts';
import type { Filtered } from './filters.ts';
import { plainMarkdown, plainTex } from './plain-tex.ts';

/** Something to find that is not a page: where it stands, what it is called, what it says. */
export interface SearchRecord extends Filtered {
  /** Path on the site with its anchor, without base. */
  url: string;
  title: string;
  /** Title of the page that it stands on. */
  page: string;
  content: string;
  /** What readers call it; a query that equals one finds it first. */
  names: readonly string[];
  /** Names that count only when the whole query equals one. */
  exactly?: readonly string[];
}

/** One record for each term of the glossary: its name, other spellings, its symbol in words, its definition. */
export function glossaryRecords(terms: readonly GlossaryTerm[]): SearchRecord[] {
  return terms.map(({ id, term, symbol, plain, definition }) => {
    const names = [term, ...(symbol ? [plainTex(symbol)] : []), ...plain];
    return {
      url: `/glossary/#${id}`,
      title: term,
      page: 'Glossary',
      kind: 'Glossary term',
      content: `${[...new Set(names)].join(', ')}. ${plainMarkdown(definition)}`,
      names: [...new Set(names)],
    };
  });
}
