import { type ContentSource, entriesOf, originOf } from '../../collections/content-source.ts';
import { draftAddresses, draftTrainers } from '../../collections/drafts.ts';
import type { DataPath } from '../../collections/origin.ts';
import { unfinishedMark, unfinishedMarks } from '../../collections/unfinished.ts';
import { type Problem, problem } from '../../errors/problem.ts';
import { problemAt } from './check.ts';

/** Nothing that readers get holds text that is still to be written, or leads to a draft. */
export function checkDrafts(source: ContentSource): Problem[] {
  const texts = publishedTexts(source);
  return [
    ...texts.flatMap(({ file, text, severity }) => unfinished(file, text, severity)),
    ...texts.flatMap(({ file, text }) => links(file, text, source)),
    ...references(source),
  ];
}

interface PublishedText {
  file: string;
  text: string;
  severity: Problem['severity'];
}

/**
 * The files that authors write and readers get. Left out are drafts, files that were not understood (their
 * problems say so), and what commands write (JSON).
 */
function publishedTexts(source: ContentSource): PublishedText[] {
  const drafts = new Set([
    ...entriesOf(source).flatMap(({ file, data }) => (data.draft ? file : [])),
    ...[...source.paths, ...source.trainers].flatMap((record) =>
      record.draft ? originOf(source, record).file : [],
    ),
    ...source.distilled.flatMap(({ file, name }) =>
      draftAddresses(source).has(`distilled/${name}.py`) ? file : [],
    ),
    ...source.problems.map(({ file }) => file),
  ]);
  const unverified = new Set(entriesOf(source).flatMap(({ file, data }) => (data.verified ? [] : file)));
  return [...source.texts].flatMap(([file, text]) =>
    drafts.has(file) || file.endsWith('.json')
      ? []
      : [{ file, text, severity: unverified.has(file) ? 'warning' : 'error' }],
  );
}

function unfinished(file: string, text: string, severity: Problem['severity']): Problem[] {
  return unfinishedMarks(text).map(({ line, column, what }) =>
    problem(
      'to-write',
      { file, line, column, length: unfinishedMark.length },
      what === '' ? 'this is still to be written' : `still to be written: ${what}`,
      { severity },
    ),
  );
}

/** Addresses of this site in Markdown links, link definitions and `href`: read off the text, so every record counts. */
const address =
  /(?<=\]\(<?|\]:\s+|\bhref=["'])\/(?<section>trainers|guides|examples|paths|distilled)\/(?<name>[\w.-]+)/g;

function links(file: string, text: string, source: ContentSource): Problem[] {
  const drafts = draftAddresses(source);
  if (drafts.size === 0) return [];
  return text.split('\n').flatMap((line, index) =>
    [...line.matchAll(address)].flatMap((match) => {
      const { section = '', name = '' } = match.groups ?? {};
      // `/examples/dpo_training.py` and `.ipynb` are files of the page `/examples/dpo-training/`.
      const page = section === 'examples' ? name.replace(/\.(py|ipynb)$/, '').replaceAll('_', '-') : name;
      if (!drafts.has(`${section}/${page}`)) return [];
      const place = { file, line: index + 1, column: match.index + 1, length: match[0].length };
      return [problem('draft-linked', place, `\`/${section}/${name}\` is a draft`)];
    }),
  );
}

/** Fields of published pages and records that name a page, a trainer or a path. */
function references(source: ContentSource): Problem[] {
  const drafts = draftAddresses(source);
  const trainers = draftTrainers(source);
  const named = (record: object, path: DataPath, values: readonly string[], unready: ReadonlySet<string>) =>
    values.flatMap((value, index) =>
      unready.has(value)
        ? [problemAt(source, record, [...path, index], 'draft-linked', `\`${value}\` is a draft`)]
        : [],
    );
  const paths = new Set(source.paths.flatMap(({ slug, draft }) => (draft ? slug : [])));
  const { chooser } = source;
  return [
    ...entriesOf(source)
      .filter(({ data }) => !data.draft)
      .flatMap((entry) => [
        ...named(entry, ['next'], entry.data.next, drafts),
        ...named(entry, ['trainers'], entry.data.trainers, trainers),
      ]),
    ...source.trainers
      .filter(({ draft }) => !draft)
      .flatMap((trainer) => named(trainer, ['instead'], trainer.instead, trainers)),
    ...source.paths
      .filter(({ draft }) => !draft)
      .flatMap((path) => named(path, ['after'], path.after, paths)),
    ...source.glossary.flatMap((term) => named(term, ['see'], term.see, drafts)),
    ...(chooser?.results ?? []).flatMap(({ take, read, runners_up }, at) => [
      ...named(chooser ?? {}, ['results', at, 'take'], take, trainers),
      ...named(chooser ?? {}, ['results', at, 'read'], read, drafts),
      ...runners_up.flatMap((second, index) =>
        named(chooser ?? {}, ['results', at, 'runners_up', index, 'take'], second.take, trainers),
      ),
    ]),
  ];
}

/** A problem as a build with drafts takes it: there a link to a draft leads somewhere, and is only told. */
export function forReview(found: Problem): Problem {
  return found.code === 'draft-linked' || found.code === 'step-draft'
    ? { ...found, severity: 'warning' }
    : found;
}
