import type { ResultGroup, SubResult } from './group-results.ts';

/**
 * Fills a listbox with groups. Options get the ids `<listbox id>-0`, `-1`, … in the order of the keyboard.
 *
 * @returns the options
 */
export function renderResults(listbox: HTMLElement, groups: readonly ResultGroup[]): HTMLAnchorElement[] {
  const options: HTMLAnchorElement[] = [];
  const option = (url: string, className: string, ...children: (Node | string)[]) => {
    const link = element('a', className, ...children);
    link.href = url;
    link.id = `${listbox.id}-${options.length}`;
    link.setAttribute('role', 'option');
    link.setAttribute('aria-selected', 'false');
    link.tabIndex = -1;
    options.push(link);
    return link;
  };
  const place = ({ url, title, kind, excerpt: text }: SubResult) => {
    const link = option(url, 'search-place', titleLine(title, kind), excerpt(text));
    if (kind) link.dataset.kind = kind;
    return link;
  };
  listbox.replaceChildren(
    ...groups.map((group) => {
      const { url, title, page, places } = group;
      const head = page
        ? option(
            url,
            'search-page',
            titleLine(title, page.kind),
            ...(page.excerpt ? [excerpt(page.excerpt)] : []),
          )
        : element('div', 'search-group-name', title);
      const section = element('div', 'search-group', head, ...places.map(place));
      section.setAttribute('role', 'group');
      section.setAttribute('aria-label', title);
      return section;
    }),
  );
  return options;
}

function titleLine(text: string, kind: string | undefined): HTMLElement {
  const line = element('span', 'search-title', element('span', 'search-name', text));
  if (kind) line.append(' ', element('span', 'search-kind', kind));
  return line;
}

/** Pagefind's excerpt: its text, and its marks as marks. Nothing else of its HTML gets through. */
function excerpt(html: string): HTMLElement {
  const parsed = new DOMParser().parseFromString(html, 'text/html');
  const parts = [...parsed.body.childNodes].map((node) =>
    node.nodeName === 'MARK' ? element('mark', '', node.textContent ?? '') : (node.textContent ?? ''),
  );
  return element('span', 'search-excerpt', ...parts);
}

/** An element with a class and children. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const created = document.createElement(tag);
  if (className) created.className = className;
  created.append(...children);
  return created;
}
