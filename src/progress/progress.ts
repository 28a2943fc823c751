import * as z from 'zod/mini';

/*
 * What a reader has read, as it is kept in the browser and in an exported file.
 * A page is marked once and counts in every path that it belongs to.
 */

/** ISO 8601 with milliseconds and Z, so that later is greater as text too. */
const time = z.iso.datetime({ precision: 3 });
/** Something that is switched on and off; of two the later one holds. */
const mark = z.strictObject({ on: z.boolean(), at: time });
const name = z.string().check(z.regex(/^[a-z0-9-]{1,80}$/));
/** `trainers/dpo`, `glossary`. */
const ref = z.string().check(z.regex(/^[a-z0-9-]{1,40}(\/[a-z0-9-]{1,80})?$/));
/** `rl:trainers/ppo`: the check-point of a path's step. */
const checkpoint = z.string().check(z.regex(/^[a-z0-9-]{1,80}:[a-z0-9-]{1,40}(\/[a-z0-9-]{1,80})?$/));

export const progressSchema = z.strictObject({
  format: z.literal('annotated-trainers/progress'),
  version: z.literal(1),
  /** By reference: when the page was first opened, and whether the reader says that it is read. */
  pages: z.record(ref, z.strictObject({ opened: z.optional(time), read: z.optional(mark) })),
  /** Check-points that the reader says they can answer. */
  answered: z.record(checkpoint, mark),
  /** The path that was followed last. */
  last: z.optional(z.strictObject({ path: name, at: time })),
});

export type Progress = z.output<typeof progressSchema>;
type Mark = z.output<typeof mark>;

/** Nothing read yet. */
export const noProgress: Progress = {
  format: 'annotated-trainers/progress',
  version: 1,
  pages: {},
  answered: {},
};

/** What a page's mark shows. */
export type PageState = 'unread' | 'opened' | 'read';

export function pageState({ pages }: Progress, page: string): PageState {
  const found = Object.hasOwn(pages, page) ? pages[page] : undefined;
  if (found?.read?.on) return 'read';
  return found?.opened ? 'opened' : 'unread';
}

/** When the reader marked a page as read; undefined for one that is not. */
export function readAt({ pages }: Progress, page: string): string | undefined {
  const found = Object.hasOwn(pages, page) ? pages[page] : undefined;
  return found?.read?.on ? found.read.at : undefined;
}

export function isAnswered({ answered }: Progress, path: string, page: string): boolean {
  const key = `${path}:${page}`;
  return Object.hasOwn(answered, key) && answered[key]?.on === true;
}

/** The page was opened; the first time is kept. With a path, that path is now the one followed last. */
export function openPage(progress: Progress, page: string, at: string, path?: string): Progress {
  const found = progress.pages[page];
  const pages = found?.opened ? progress.pages : { ...progress.pages, [page]: { ...found, opened: at } };
  return path === undefined ? { ...progress, pages } : { ...progress, pages, last: { path, at } };
}

/** The reader says that a page is read, or takes it back; a path given is now the one followed last. */
export function markPage(
  progress: Progress,
  page: string,
  read: boolean,
  at: string,
  path?: string,
): Progress {
  const opened = progress.pages[page]?.opened;
  const marked = { ...(opened && { opened }), read: { on: read, at } };
  const next = { ...progress, pages: { ...progress.pages, [page]: marked } };
  return path === undefined ? next : { ...next, last: { path, at } };
}

/** The reader says that they can answer a step's check-point, or takes it back. */
export function tickAnswer(
  progress: Progress,
  path: string,
  page: string,
  on: boolean,
  at: string,
): Progress {
  const answered = { ...progress.answered, [`${path}:${page}`]: { on, at } };
  return { ...progress, answered, last: { path, at } };
}

/**
 * Everything that one or the other holds: of two marks the later one, of two first visits the earlier one.
 * Neither the order nor a repetition matters, so a file can be imported twice.
 */
export function mergeProgress(a: Progress, b: Progress): Progress {
  const pages = mergeRecords(a.pages, b.pages, (x, y) => {
    const opened = [x.opened, y.opened].filter((at) => at !== undefined).sort()[0];
    const read = x.read && y.read ? later(x.read, y.read) : (x.read ?? y.read);
    return { ...(opened && { opened }), ...(read && { read }) };
  });
  const answered = mergeRecords(a.answered, b.answered, later);
  const last = a.last && b.last ? laterPath(a.last, b.last) : (a.last ?? b.last);
  return { ...noProgress, pages, answered, ...(last && { last }) };
}

function mergeRecords<T>(a: Record<string, T>, b: Record<string, T>, both: (a: T, b: T) => T) {
  const merged = new Map(Object.entries(a));
  for (const [key, value] of Object.entries(b)) {
    const other = merged.get(key);
    merged.set(key, other === undefined ? value : both(other, value));
  }
  return Object.fromEntries([...merged].sort(([x], [y]) => (x < y ? -1 : 1)));
}

/** At one and the same time a mark that is on holds. */
function later(a: Mark, b: Mark): Mark {
  if (a.at !== b.at) return a.at > b.at ? a : b;
  return a.on ? a : b;
}

function laterPath<T extends { path: string; at: string }>(a: T, b: T): T {
  if (a.at !== b.at) return a.at > b.at ? a : b;
  return a.path < b.path ? a : b;
}
