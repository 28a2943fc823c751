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
  listbox.replaceChildren(
    ...groups.map((group) => {
      const section = element(
        'div',
        'search-group',
        option(
          group.url,
          'search-page',
          title(group.title, group.kind),
          ...(group.excerpt ? [excerpt(group.excerpt)] : []),
        ),
        ...group.places.map((place) => option(place.url, 'search-place', ...placeParts(place))),
      );
      section.setAttribute('role', 'group');
      section.setAttribute('aria-label', group.title);
      return section;
    }),
  );
  return options;
}

function placeParts(place: SubResult): HTMLElement[] {
  return [title(place.title, place.kind), excerpt(place.excerpt)];
}

function title(text: string, kind: string | undefined): HTMLElement {
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
