import { type Problem, problem } from '../../errors/problem.ts';
import type { PageCheck } from './check.ts';
import type { PageElement, SitePage } from './page.ts';

/** What a page says about itself: language, title, description, canonical address. */
export const checkPageHead: PageCheck = (page, { base, origin }) => {
  if (isRedirect(page)) return [];
  const problems: Problem[] = [];
  const top = { file: page.file, line: 1, column: 1 };
  const missing = (what: string) => problems.push(problem('page-head', top, `expected ${what}, found none`));
  if (page.title === '') missing('a <title>');
  if (!find(page, 'html', 'lang')?.attributes.lang) missing('<html lang>');
  const description = page.elements.find(
    ({ tag, attributes }) => tag === 'meta' && attributes.name === 'description',
  );
  if (!description?.attributes.content) missing('<meta name="description">');
  if (isUnlisted(page)) return problems;
  const canonical = page.elements.find(
    ({ tag, attributes }) => tag === 'link' && attributes.rel === 'canonical',
  );
  const expected = `${origin}${base.replace(/\/$/, '')}${page.url}`;
  if (!canonical) missing('<link rel="canonical">');
  else if (canonical.attributes.href !== expected) {
    const message = `expected the canonical address ${expected}, found ${canonical.attributes.href}`;
    problems.push(problem('page-head', canonical.place, message));
  }
  return problems;
};

/** A page that asks search engines to leave it out, so that it needs no address. */
function isUnlisted(page: SitePage): boolean {
  return page.elements.some(
    ({ attributes }) => attributes.name === 'robots' && attributes.content?.includes('noindex'),
  );
}

/** A page that only sends the reader elsewhere. */
export function isRedirect(page: SitePage): boolean {
  return page.elements.some(
    ({ tag, attributes }) => tag === 'meta' && attributes['http-equiv'] === 'refresh',
  );
}

function find(page: SitePage, tag: string, attribute: string): PageElement | undefined {
  return page.elements.find((element) => element.tag === tag && attribute in element.attributes);
}
