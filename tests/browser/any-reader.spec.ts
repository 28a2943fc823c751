import { expect, test } from './fixtures.ts';
import { kindsOfPage, openedPages } from './pages.ts';

/** What axe does not see, on one page of each kind; what belongs to the content, on all pages. */

for (const path of openedPages) {
  test(`${path} has its headings in order and formulas that can be spoken`, async ({ page }) => {
    await page.goto(path, { waitUntil: 'domcontentloaded' });
    const wrong = await page.evaluate(() => {
      const levels = [...document.querySelectorAll('main :is(h1, h2, h3, h4, h5, h6)')];
      const skipped = levels.filter((heading, at) => {
        const before = levels[at - 1];
        return Number(heading.tagName[1]) > (before ? Number(before.tagName[1]) : 0) + 1;
      });
      const silent = [...document.querySelectorAll('.katex')].filter((formula) => {
        const math = formula.querySelector('math');
        const drawn = formula.querySelector('.katex-html');
        return (
          !math?.textContent?.trim() ||
          math.closest('[aria-hidden="true"]') !== null ||
          (drawn !== null && drawn.getAttribute('aria-hidden') !== 'true')
        );
      });
      return [...skipped, ...silent].map((element) => element.outerHTML.slice(0, 160));
    });
    expect(wrong).toEqual([]);
  });
}

for (const path of kindsOfPage) {
  test.describe(`a page like ${path}`, () => {
    test('reflows at 320 px, and stands wider spacing of its text', async ({ page }) => {
      await page.setViewportSize({ width: 320, height: 640 });
      await page.goto(path);
      await page.evaluate(() => document.fonts.ready);
      await page.evaluate(() => {
        for (const details of document.querySelectorAll('details')) details.open = true;
      });
      expect(await page.evaluate(tooWide)).toEqual([]);
      await page.evaluate(() => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(
          '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }',
        );
        document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
      });
      expect.soft(await page.evaluate(cutOff)).toEqual([]);
      expect(await page.evaluate(tooWide)).toEqual([]);
    });

    test('has targets of 24 px, or room around them', async ({ page }) => {
      await page.setViewportSize({ width: 390, height: 844 });
      await page.goto(path);
      await page.waitForLoadState('networkidle');
      expect(await page.evaluate(smallTargets)).toEqual([]);
    });

    test('shows where the focus is, at every stop, and lets keys scroll what scrolls', async ({ page }) => {
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.emulateMedia({ reducedMotion: 'reduce' }); // a scroll on its way says nothing yet
      await page.goto(path);
      await page.waitForLoadState('networkidle');
      expect.soft(await page.evaluate(unreachableScrollers)).toEqual([]);
      const wrong: string[] = [];
      for (let stop = 0; stop < 60; stop += 1) {
        await page.keyboard.press('Tab');
        const said = await page.evaluate(lostFocus);
        if (said === 'end') break;
        if (said) wrong.push(said);
      }
      expect(wrong).toEqual([]);
    });

    test('keeps still for who asks for less motion', async ({ page }) => {
      await page.emulateMedia({ reducedMotion: 'reduce' });
      await page.goto(path);
      await page.waitForLoadState('networkidle');
      const moving = await page.evaluate(() =>
        [...document.querySelectorAll('*')]
          .filter((element) => {
            const style = getComputedStyle(element);
            const lasts = (times: string) => times.split(',').some((time) => Number.parseFloat(time) > 0);
            return (
              lasts(style.transitionDuration) ||
              (style.animationName !== 'none' && lasts(style.animationDuration)) ||
              style.scrollBehavior === 'smooth'
            );
          })
          .map((element) => element.outerHTML.slice(0, 120)),
      );
      expect(moving).toEqual([]);
    });
  });
}

/** What sticks out of the page at its right, and is in nothing that scrolls by itself. */
function tooWide(): string[] {
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
function cutOff(): string[] {
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

/** Targets below 24 px with a neighbour within 24 px; links in running text are free (WCAG 2.5.8). */
function smallTargets(): string[] {
  const all = [...document.querySelectorAll<HTMLElement>('a[href], button, input, select, summary')]
    .filter((element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
    .map((element) => {
      // A label is a part of its control's target.
      const label = element instanceof HTMLInputElement ? element.labels?.[0] : undefined;
      const boxes = [element, ...(label ? [label] : [])].map((each) => each.getBoundingClientRect());
      const left = Math.min(...boxes.map((box) => box.left));
      const top = Math.min(...boxes.map((box) => box.top));
      const width = Math.max(...boxes.map((box) => box.right)) - left;
      const height = Math.max(...boxes.map((box) => box.bottom)) - top;
      return { element, left, top, width, height, x: left + width / 2, y: top + height / 2 };
    })
    .filter(({ width, height }) => width > 1 && height > 1);
  const isInText = (element: Element): boolean => {
    if (getComputedStyle(element).display !== 'inline') return false;
    const block = element.closest('p, li, td, th, dd, dt, figcaption, pre, summary, h1, h2, h3, h4');
    return (block?.textContent?.trim().length ?? 0) > (element.textContent?.trim().length ?? 0) + 1;
  };
  const small = (each: (typeof all)[number]) => each.width < 23.9 || each.height < 23.9;
  return all
    .filter((each) => small(each) && !isInText(each.element))
    .filter((each) =>
      all.some((other) => {
        if (other === each || other.element.contains(each.element) || each.element.contains(other.element))
          return false;
        if (small(other)) return Math.hypot(other.x - each.x, other.y - each.y) < 23.9;
        const dx = Math.max(other.left - each.x, 0, each.x - other.left - other.width);
        const dy = Math.max(other.top - each.y, 0, each.y - other.top - other.height);
        return Math.hypot(dx, dy) < 11.9;
      }),
    )
    .map(
      ({ element, width, height }) =>
        `${width.toFixed(0)}×${height.toFixed(0)} ${element.outerHTML.slice(0, 140)}`,
    );
}

/** What scrolls but has nothing in it, and is nothing, that takes the focus. */
function unreachableScrollers(): string[] {
  return [...document.querySelectorAll<HTMLElement>('body *')]
    .filter((element) => {
      const { overflowX, overflowY } = getComputedStyle(element);
      const scrolls =
        (/auto|scroll/.test(overflowX) && element.scrollWidth > element.clientWidth + 1) ||
        (/auto|scroll/.test(overflowY) && element.scrollHeight > element.clientHeight + 1);
      return scrolls && element.checkVisibility();
    })
    .filter((element) => {
      const named = element.ariaLabel || element.getAttribute('aria-labelledby');
      const reached = element.tabIndex >= 0 && element.hasAttribute('tabindex');
      if (reached) return !named || !element.role;
      return !element.querySelector('a[href], button, input, [tabindex="0"]');
    })
    .map((element) => element.outerHTML.slice(0, 140));
}

/** What is wrong with the place that has the focus now; `end` after the last one. */
function lostFocus(): string | undefined {
  const element = document.activeElement;
  if (!element || element === document.body) return 'end';
  const style = getComputedStyle(element);
  const next = element.nextElementSibling;
  const outlined = [
    element,
    ...(next ? [next] : []),
    ...(element.parentElement ? [element.parentElement] : []),
  ].some((each) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(each);
    return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
  });
  const name = element.outerHTML.slice(0, 140);
  if (!outlined) return `no outline: ${name}`;
  if (Number.parseFloat(style.opacity) === 0 && !next) return `not to be seen: ${name}`;
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
