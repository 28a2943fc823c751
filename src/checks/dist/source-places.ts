import { type ContentSource, entriesOf } from '../../collections/content-source.ts';
import type { Place } from '../../errors/problem.ts';

/** Where an author wrote an address that stands on a built page; undefined when no content file has it. */
export type SourceOf = (pageUrl: string, href: string) => Place | undefined;

/**
 * Finds addresses of built pages in the files that the pages were made from, so that a mistake is told where it is
 * mended.
 *
 * @param base base path of the site, which the build put before each address
 * @param origin origin of the site, which Markdown twins put before the base
 */
export function sourcePlaces(source: ContentSource, base: string, origin: string): SourceOf {
  const files = new Map(entriesOf(source).map((entry) => [`/${entry.ref}/`, entry]));
  return (pageUrl, href) => {
    const entry = files.get(pageUrl.replace(/index\.md$/, ''));
    const text = entry && source.texts.get(entry.file);
    if (text === undefined) return undefined;
    const lines = text.split('\n');
    for (const written of writtenForms(href, pageUrl, base, origin)) {
      const before = new RegExp(
        `(?:\\]\\(<?|\\]:\\s*|\\b(?:href|src)=["'])${RegExp.escape(written)}(?=[\\s)>"']|$)`,
      );
      const index = lines.findIndex((line) => before.test(line));
      if (index < 0) continue;
      const match = before.exec(lines[index] ?? '');
      const column = (match?.index ?? 0) + (match?.[0].length ?? 0) - written.length + 1;
      return { file: entry?.file ?? '', line: index + 1, column, length: Math.max(1, written.length) };
    }
    return undefined;
  };
}

/** What an author may have written for an address: as it is, without origin, without base, as an anchor alone. */
function writtenForms(href: string, pageUrl: string, base: string, origin: string): string[] {
  const local = href.startsWith(`${origin}/`) ? href.slice(origin.length) : href;
  const bare = local.startsWith(base) ? `/${local.slice(base.length)}` : local;
  const own = pageUrl.replace(/index\.md$/, '');
  const anchor = bare.startsWith(`${own}#`) ? [bare.slice(own.length)] : [];
  return [...new Set([href, local, bare, ...anchor])];
}
