import { posix } from 'node:path';

/** A page that links of other files may lead to. */
export interface LinkTarget {
  path: string;
  ref: string;
  /** The id on the page for each anchor of the source; '' for the title, which is the top of the page. */
  anchors: ReadonlyMap<string, string>;
}

/** Where an address of the source leads on the site. */
export type Destination =
  | { kind: 'kept' }
  | { kind: 'page'; url: string; note?: string }
  | { kind: 'nowhere'; reason: string };

/** The pages of the import, by what files call them. */
export interface Targets {
  byPath(path: string): LinkTarget | undefined;
  /** The page of a file that is mentioned by its path or by its name alone. */
  byMention(mention: string, from: string): LinkTarget | undefined;
}

/** @param pages all pages of the import */
export function linkTargets(pages: readonly LinkTarget[]): Targets {
  const paths = new Map(pages.map((page) => [page.path, page]));
  const lower = unique(pages.map((page) => [page.path.toLowerCase(), page]));
  const names = unique(pages.map((page) => [posix.basename(page.path), page]));
  const byPath = (path: string) => paths.get(path) ?? lower.get(path.toLowerCase());
  return {
    byPath,
    byMention(mention, from) {
      const path = mention.replace(/^\.\//, '');
      const beside = posix.join(posix.dirname(from), mention);
      return byPath(beside) ?? byPath(path) ?? (mention.includes('/') ? undefined : names.get(path));
    },
  };
}

/** Entries whose key no other has. */
function unique(entries: readonly (readonly [string, LinkTarget])[]): Map<string, LinkTarget> {
  const all = new Map<string, LinkTarget[]>();
  for (const [key, page] of entries) all.set(key, [...(all.get(key) ?? []), page]);
  return new Map(
    [...all].flatMap(([key, [only, ...more]]) => (only && more.length === 0 ? [[key, only]] : [])),
  );
}

/**
 * Where an address leads.
 *
 * @param url as the author wrote it, its escapes resolved
 * @param self the page that it stands on
 */
export function destinationOf(url: string, self: LinkTarget, targets: Targets): Destination {
  // Browsers pass over white space and control characters in a scheme.
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url.replace(/[\s\p{Cc}\p{Cf}]/gu, ''))?.[1]?.toLowerCase();
  if (scheme === 'http' || scheme === 'https' || scheme === 'mailto') {
    return isAddress(url) ? { kind: 'kept' } : { kind: 'nowhere', reason: 'it is no address' };
  }
  if (scheme !== undefined)
    return { kind: 'nowhere', reason: `the site has no links that begin with ${scheme}:` };
  if (/^[\\/]{2}/.test(url.trim()))
    return { kind: 'nowhere', reason: 'it leads to another host without saying how' };
  const [path = '', anchor] = decode(url).split('#', 2);
  if (path === '')
    return anchor === undefined ? { kind: 'nowhere', reason: 'it is empty' } : onPage(self, anchor, '');
  const bare = path.replace(/\?.*$/, '');
  const beside = posix.join(posix.dirname(self.path), bare);
  const target = bare.startsWith('/')
    ? targets.byPath(bare.slice(1))
    : (targets.byPath(beside) ?? targets.byPath(posix.normalize(bare)) ?? targets.byMention(bare, self.path));
  if (!target) return { kind: 'nowhere', reason: 'the import holds no such file' };
  const base = target === self ? '' : `/${target.ref}/`;
  if (anchor === undefined || anchor === '') return { kind: 'page', url: base || `/${self.ref}/` };
  return onPage(target, anchor, base);
}

function onPage(target: LinkTarget, anchor: string, base: string): Destination {
  const exact = target.anchors.get(anchor) ?? target.anchors.get(anchor.toLowerCase());
  if (exact !== undefined) return { kind: 'page', url: addressOf(exact, base, target) };
  const alike = [...target.anchors].filter(([each]) => letters(each) === letters(anchor));
  const [only, ...more] = alike;
  if (only && more.length === 0 && letters(anchor) !== '') {
    return {
      kind: 'page',
      url: addressOf(only[1], base, target),
      note: `there is no anchor #${anchor}; it leads to #${only[1] || only[0]}, which reads alike`,
    };
  }
  if (base === '') return { kind: 'nowhere', reason: `the page has no anchor #${anchor}` };
  return {
    kind: 'page',
    url: base,
    note: `${target.path} has no anchor #${anchor}; the link leads to its top`,
  };
}

function addressOf(id: string, base: string, target: LinkTarget): string {
  if (id === '') return base || `/${target.ref}/`;
  return `${base}#${encodeURIComponent(id)}`;
}

/** What is left of an anchor when signs, spaces and emoji are taken out. */
function letters(anchor: string): string {
  return anchor.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

function decode(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}

function isAddress(url: string): boolean {
  return /^mailto:/i.test(url) || URL.canParse(url);
}
