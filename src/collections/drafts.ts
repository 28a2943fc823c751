import { type ContentSource, entriesOf } from './content-source.ts';

/**
 * Whether drafts are shown: `DRAFTS=1`, which `npm run dev` and `npm run build -- --drafts` set.
 *
 * @throws TypeError for a value that is neither yes nor no
 */
export function showsDrafts({ DRAFTS = '' }: Readonly<Record<string, string | undefined>>): boolean {
  if (['1', 'true'].includes(DRAFTS)) return true;
  if (['', '0', 'false'].includes(DRAFTS)) return false;
  throw new TypeError(`expected DRAFTS to be 1 or 0, found ${JSON.stringify(DRAFTS)}`);
}

/**
 * The content as readers get it: without drafts of pages, learning paths and registry records, and without
 * distilled files that only drafts walk through. The same source gives the same object.
 */
export function withoutDrafts(source: ContentSource): ContentSource {
  const known = published.get(source);
  if (known) return known;
  const walked = new Map(source.annotated.map(({ data }) => [data.distilled, false]));
  for (const { data } of source.annotated) if (!data.draft) walked.set(data.distilled, true);
  const made: ContentSource = {
    ...source,
    trainers: source.trainers.filter(({ draft }) => !draft),
    annotated: source.annotated.filter(({ data }) => !data.draft),
    guides: source.guides.filter(({ data }) => !data.draft),
    scripts: source.scripts.filter(({ data }) => !data.draft),
    paths: source.paths.filter(({ draft }) => !draft),
    distilled: source.distilled.filter(({ name }) => walked.get(name) !== false),
  };
  published.set(source, made);
  return made;
}

const published = new WeakMap<ContentSource, ContentSource>();

/** Addresses of what readers do not get, below the site's root: `guides/gkd-loss`, `paths/rl`, `distilled/gkd.py`. */
export function draftAddresses(source: ContentSource): Set<string> {
  const { distilled } = withoutDrafts(source);
  return new Set([
    ...entriesOf(source).flatMap(({ ref, data }) => (data.draft ? ref : [])),
    ...source.paths.flatMap(({ slug, draft }) => (draft ? `paths/${slug}` : [])),
    ...source.distilled.flatMap((file) => (distilled.includes(file) ? [] : `distilled/${file.name}.py`)),
  ]);
}

/** Slugs of registry records that are drafts. */
export function draftTrainers({ trainers }: Pick<ContentSource, 'trainers'>): Set<string> {
  return new Set(trainers.flatMap(({ slug, draft }) => (draft ? slug : [])));
}
