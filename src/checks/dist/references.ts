import type { Place } from '../../errors/problem.ts';
import type { SitePage } from './page.ts';

/** An address in a page: where a link leads, or a file that the browser fetches. */
export interface Reference {
  place: Place;
  href: string;
  kind: 'link' | 'asset';
}

const assetAttributes: Record<string, readonly string[]> = {
  script: ['src'],
  img: ['src', 'srcSet'],
  source: ['src', 'srcSet'],
  video: ['src', 'poster'],
  audio: ['src'],
  iframe: ['src'],
  embed: ['src'],
  object: ['data'],
  use: ['href', 'xLinkHref'],
  image: ['href', 'xLinkHref'],
};

/** `<link>` relations that make the browser fetch the address. */
const fetched = new Set([
  'stylesheet',
  'icon',
  'preload',
  'modulepreload',
  'manifest',
  'prefetch',
  'apple-touch-icon',
]);

/** All addresses of a page, in document order. Addresses inside the page (`#x` of an SVG) included. */
export function referencesOf(page: SitePage): Reference[] {
  return page.elements.flatMap(({ tag, attributes, place }) => {
    if (tag === 'link') {
      const kind = (attributes.rel ?? '').split(' ').some((rel) => fetched.has(rel)) ? 'asset' : 'link';
      return attributes.href && !/^(dns-prefetch|preconnect)$/.test(attributes.rel ?? '')
        ? [{ place, href: attributes.href, kind }]
        : [];
    }
    if (tag === 'a' || tag === 'area') {
      return 'href' in attributes ? [{ place, href: attributes.href ?? '', kind: 'link' }] : [];
    }
    if (tag === 'form') return attributes.action ? [{ place, href: attributes.action, kind: 'link' }] : [];
    return (assetAttributes[tag] ?? []).flatMap((name) =>
      addresses(name, attributes[name]).map((href): Reference => ({ place, href, kind: 'asset' })),
    );
  });
}

function addresses(name: string, value: string | undefined): string[] {
  if (!value) return [];
  if (name !== 'srcSet') return [value];
  return value.split(',').map((candidate) => candidate.trim().split(/\s+/)[0] ?? '');
}
