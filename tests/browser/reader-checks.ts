/** Each of these runs inside a page and answers with what is wrong there: an empty list is good. */

/** Words of code, output and remarks' numbers below 4.5:1, in both themes, also on lines that are lit. */
export function faintCode(): string[] {
  const root = document.documentElement;
  const found = new Set<string>();
  const words = [...document.querySelectorAll<HTMLElement>('pre *, pre')].filter((each) =>
    [...each.childNodes].some(({ nodeType, nodeValue }) => nodeType === 3 && nodeValue?.trim()),
  );
  const lines = document.querySelectorAll('.line');
  const chosen = root.dataset.theme;
  for (const theme of ['light', 'dark']) {
    root.dataset.theme = theme;
    for (const lit of [false, true]) {
      for (const line of lines) line.classList.toggle('lit', lit);
      for (const word of words) {
        const { color } = getComputedStyle(word);
        const ratio = window.contrast(color, word);
        if (ratio < 4.5)
          found.add(`${ratio.toFixed(2)} ${theme}${lit ? ', lit' : ''}: ${word.className} ${color}`);
      }
    }
  }
  for (const line of lines) line.classList.remove('lit');
  if (chosen) root.dataset.theme = chosen;
  else delete root.dataset.theme;
  return [...found];
}

/** What is wrong with the place that has the focus now; `end` after the last one. */
export function lostFocus(): string | undefined {
  const element = document.activeElement;
  if (!element || element === document.body) return 'end';
  const name = element.outerHTML.slice(0, 140);
  const next = element.nextElementSibling;
  const near = [element, next, element.parentElement].filter((each) => each !== null);
  const outlined = near.find((each) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(each);
    return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
  });
  if (!outlined) return `no outline: ${name}`;
  if (Number.parseFloat(getComputedStyle(element).opacity) === 0 && !next) return `not to be seen: ${name}`;
  const root = document.documentElement;
  const chosen = root.dataset.theme;
  const faint = ['light', 'dark'].flatMap((theme) => {
    root.dataset.theme = theme;
    const { outlineColor, outlineOffset } = getComputedStyle(outlined);
    const behind = Number.parseFloat(outlineOffset) < 0 ? outlined : outlined.parentElement;
    const ratio = window.contrast(outlineColor, behind);
    return ratio < 3 ? [`${theme} ${ratio.toFixed(2)}`] : [];
  });
  if (chosen) root.dataset.theme = chosen;
  else delete root.dataset.theme;
  if (faint.length > 0) return `a faint outline (${faint.join(', ')}): ${name}`;
  const box = element.getClientRects()[0];
  if (!box || box.width === 0) return `no box: ${name}`;
  if (box.bottom <= 0 || box.top >= innerHeight) return `out of view: ${name}`;
  const x = Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1);
  const y = Math.min(Math.max(box.top + Math.min(box.height, 30) / 2, 0), innerHeight - 1);
  const above = document.elementFromPoint(x, y);
  const cover = above?.closest('.site-header, .page-bar, .path-strip');
  if (cover && !cover.contains(element)) return `below a bar: ${name}`;
  return undefined;
}

/** What scrolls without taking the focus, or takes it without a name; and, once Tab is in use, stops in vain. */
export function wrongScrollers(): string[] {
  const scrolls = (element: Element): boolean => {
    const { overflowX, overflowY } = getComputedStyle(element);
    return (
      (/auto|scroll/.test(overflowX) && element.scrollWidth > element.clientWidth + 1) ||
      (/auto|scroll/.test(overflowY) && element.scrollHeight > element.clientHeight + 1)
    );
  };
  const wrong = [...document.querySelectorAll<HTMLElement>('body *')].filter((element) => {
    const stops = element.getAttribute('tabindex') === '0';
    if (!element.checkVisibility() || (!stops && !scrolls(element))) return false;
    if (!stops) return !element.querySelector('a[href], button, input, [tabindex="0"]');
    const isNamed = element.ariaLabel || element.getAttribute('aria-labelledby');
    const isBlock = element.matches('figure.code > pre, .table, .math-display, .diagram-scroll');
    return !isNamed || !element.role || (isBlock && !scrolls(element));
  });
  return wrong.map((element) => element.outerHTML.slice(0, 140));
}

/** What still moves for who asks for less motion. */
export function moving(): string[] {
  const lasts = (times: string) => times.split(',').some((time) => Number.parseFloat(time) > 0);
  return [...document.querySelectorAll('*')]
    .filter((element) => {
      const style = getComputedStyle(element);
      const isAnimated = style.animationName !== 'none' && lasts(style.animationDuration);
      return lasts(style.transitionDuration) || isAnimated || style.scrollBehavior === 'smooth';
    })
    .map((element) => element.outerHTML.slice(0, 120));
}

/** What sticks out of the page at its right, and is in nothing that scrolls by itself. */
export function tooWide(): string[] {
  const limit = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= limit) return [];
  const scrollsItself = (element: Element | null): boolean =>
    element !== null &&
    element !== document.body &&
    (getComputedStyle(element).overflowX !== 'visible' || scrollsItself(element.parentElement));
  return [...document.querySelectorAll('body *')]
    .filter((element) => element.getBoundingClientRect().right > limit + 0.5 && !scrollsItself(element))
    .map((element) => element.outerHTML.slice(0, 160))
    .slice(0, 10);
}

/** Boxes that hide a part of their own text. */
export function cutOff(): string[] {
  return [...document.querySelectorAll<HTMLElement>('body *')]
    .filter((element) => {
      const { overflowX, overflowY, clipPath, position } = getComputedStyle(element);
      if (clipPath !== 'none' && position === 'absolute') return false; // for screen readers alone
      if (element.closest('svg, math, .katex') || !element.checkVisibility()) return false;
      const hidesX = /hidden|clip/.test(overflowX) && element.scrollWidth > element.clientWidth + 1;
      const hidesY = /hidden|clip/.test(overflowY) && element.scrollHeight > element.clientHeight + 4;
      return (hidesX || hidesY) && Boolean(element.textContent?.trim()) && element.clientWidth > 1;
    })
    .map((element) => element.outerHTML.slice(0, 160));
}

/** Words and lines of diagrams and plots that the reader's own few colours would hide. */
export function lostInForcedColours(): string[] {
  const faint = (element: Element, colour: string, behind: Element, least: number) =>
    colour !== 'none' && window.contrast(colour, behind) < least ? [element.outerHTML.slice(0, 120)] : [];
  const nodes = [...document.querySelectorAll('.graphviz .node')].flatMap((node) => {
    const shape = node.querySelector('polygon, ellipse, path');
    const words = node.querySelector('text');
    if (!shape || !words || getComputedStyle(shape).fill === 'none') return [];
    const ground = document.createElement('div');
    ground.style.setProperty('forced-color-adjust', 'none');
    ground.style.backgroundColor = getComputedStyle(shape).fill;
    node.closest('figure')?.append(ground);
    const wrong = faint(words, getComputedStyle(words).fill, ground, 4.5);
    ground.remove();
    return wrong;
  });
  const plots = [...document.querySelectorAll('.panel')].filter((panel) => panel.checkVisibility());
  const drawn = plots.flatMap((panel) => [
    ...[...panel.querySelectorAll('text')].flatMap((text) =>
      faint(text, getComputedStyle(text).fill, panel, 4.5),
    ),
    ...[...panel.querySelectorAll('.fig-line')].flatMap((line) =>
      faint(line, getComputedStyle(line).stroke, panel, 3),
    ),
  ]);
  return [...nodes, ...drawn];
}
