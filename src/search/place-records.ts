import type { Element } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { visit } from 'unist-util-visit';
import type { Family } from '../collections/family.ts';
import type { Trainer } from '../collections/trainer.ts';
import { configRecord } from './config-records.ts';
import { foldedText, hasClass } from './html.ts';
import type { SearchRecord } from './records.ts';

/** A place on a page, as a reader of records sees it. */
export interface Place {
  element: Element;
  /** Empty when it has none. */
  id: string;
  /** Path of the page on the site, without base (`/trainers/dpo/`). */
  path: string;
  /** The page's title. */
  page: string;
  /** All of the registry. */
  trainers: readonly Trainer[];
  /** The trainers that the page is about, as its head says for the filters. */
  owners: { trainers: string[]; families: Family[] };
}

/** Reads an element; undefined when it is none of its kind. */
type Reader = (place: Place) => SearchRecord | undefined;

const readers: readonly Reader[] = [configRecord, question, failure, change];

/**
 * The records of a rendered page: rows of config tables, questions, failure modes, changes of TRL. They are read
 * off the page as the reader sees it, so each has a place to land on.
 *
 * @param html the rendered page
 * @param path its path on the site without base
 */
export function placeRecords(html: string, path: string, trainers: readonly Trainer[]): SearchRecord[] {
  const records: SearchRecord[] = [];
  if (!/<tr\b[^>]*\bid=|class="question"/.test(html)) return records;
  let page = path;
  const owners: Place['owners'] = { trainers: [], families: [] };
  visit(fromHtml(html), 'element', (element) => {
    if (element.tagName === 'h1') page = foldedText(element);
    const { id, name, content } = element.properties;
    const owner = name === 'search-trainer' && trainers.find((each) => each.name === content);
    if (owner) {
      owners.trainers.push(owner.name);
      owners.families.push(owner.family);
    }
    for (const read of readers) {
      const record = read({ element, id: typeof id === 'string' ? id : '', path, page, trainers, owners });
      if (record) records.push(record);
    }
  });
  return records;
}

/** A folded question. The anchor stands on its answer, so that a link opens it. */
function question({ element, path, page, owners }: Place): SearchRecord | undefined {
  if (!hasClass(element, 'question')) return undefined;
  const [summary, answer] = element.children.filter((child) => child.type === 'element');
  if (!summary || typeof answer?.properties.id !== 'string') return undefined;
  const ask = foldedText(summary);
  return {
    url: `${path}#${answer.properties.id}`,
    title: ask,
    page,
    kind: 'Question',
    ...owners,
    content: `${ask} ${foldedText(answer)}`,
    names: [ask],
  };
}

/** A row of a guide's table of failure modes: what one sees, its signature, cause and cure. */
function failure({ element, id, path, page, owners }: Place): SearchRecord | undefined {
  if (element.tagName !== 'tr' || !id.startsWith('failure-')) return undefined;
  const cells = cellsOf(element);
  const [symptom = ''] = cells;
  return {
    url: `${path}#${id}`,
    title: symptom,
    page,
    kind: 'Failure mode',
    ...owners,
    content: cells.join('. '),
    names: [symptom],
  };
}

/** A row of the migration tables: names of old scripts, and what to do. */
function change({ element, id, path, page, trainers }: Place): SearchRecord | undefined {
  if (element.tagName !== 'tr' || !id.startsWith('change-')) return undefined;
  const symbols: string[] = [];
  visit(element, 'element', (code) => {
    const { dataSymbol } = code.properties;
    if (typeof dataSymbol === 'string') symbols.push(dataSymbol);
  });
  const changed = trainers.filter(({ class: type, config }) =>
    symbols.some((symbol) => [type, config].includes(symbol.split('.')[0] ?? '')),
  );
  const [what = '', since = '', cure = ''] = cellsOf(element);
  return {
    url: `${path}#${id}`,
    title: what,
    page,
    kind: 'Change in TRL',
    trainers: changed.map(({ name }) => name),
    families: changed.map(({ family }) => family),
    content: `${what}. Since TRL ${since}. ${cure}`,
    // Words of a symbol, such as a trainer's, must not bring its changes up whenever the trainer is asked for.
    names: [],
    exactly: symbols.flatMap((symbol) => [symbol, symbol.split('.').at(-1) ?? symbol]),
  };
}

function cellsOf(row: Element): string[] {
  return row.children.flatMap((cell) => (cell.type === 'element' ? [foldedText(cell)] : []));
}
