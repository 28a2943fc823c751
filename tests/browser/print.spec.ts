import { expect, test } from './fixtures.ts';
import { annotated, kindsOfPage, pages } from './pages.ts';

/** A4 less Chromium's margins, in CSS pixels. */
const paper = { width: 718, height: 1046 };

for (const path of kindsOfPage) {
  test(`a page like ${path} prints whole, without what only works on a screen`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.goto(path);
    await page.waitForLoadState('networkidle');
    await page.setViewportSize(paper);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const found = await page.evaluate(() => {
      const main = document.querySelector('main') ?? document.body;
      const shown = (selector: string) =>
        [...document.querySelectorAll(selector)]
          .filter((each) => each.checkVisibility())
          .map(({ outerHTML }) => outerHTML.slice(0, 120));
      const right = document.documentElement.clientWidth;
      const within = [...main.querySelectorAll<HTMLElement>('*')].filter((each) => each.checkVisibility());
      const isForEyes = (each: Element) => !each.closest('math, .katex-mathml, .visually-hidden, svg *');
      return {
        chrome: shown(
          '.site-header, .site-footer, .rail, .page-bar, .copy, .skip, dialog, .needs-js, .page-tools',
        ),
        cut: within
          .filter((each) => isForEyes(each) && each.getBoundingClientRect().right > right + 1)
          .map(({ outerHTML }) => outerHTML.slice(0, 140)),
        scrolls: within
          .filter(
            (each) =>
              isForEyes(each) &&
              each.matches('pre, .table, .math-display, .diagram-scroll') &&
              getComputedStyle(each).overflowX !== 'visible',
          )
          .map(({ outerHTML }) => outerHTML.slice(0, 140)),
        unsaid: within
          .filter((each) => each.matches('a[href^="http"]:not(.symbol)'))
          .filter((each) => !getComputedStyle(each, '::after').content.includes('http'))
          .map(({ outerHTML }) => outerHTML.slice(0, 140)),
        said: within
          .filter(
            (each) => each.matches('a[href^="#"]') && getComputedStyle(each, '::after').content.includes('#'),
          )
          .map(({ outerHTML }) => outerHTML.slice(0, 140)),
        alone: within
          .filter((each) => each.matches('h2, h3') && getComputedStyle(each).breakAfter !== 'avoid')
          .map(({ outerHTML }) => outerHTML.slice(0, 140)),
        scheme: getComputedStyle(document.documentElement).colorScheme,
      };
    });
    expect(found).toEqual({
      chrome: [],
      cut: [],
      scrolls: [],
      unsaid: [],
      said: [],
      alone: [],
      scheme: 'light',
    });
  });
}

test('an explorer prints its figure, and none of its controls', async ({ page }) => {
  const path = pages.find((each) => each.startsWith('/guides/dpo-loss/')) ?? annotated;
  await page.goto(path);
  await page.emulateMedia({ media: 'print' });
  const explorer = page.locator('.explorer').first();
  await expect(explorer.locator('figure').first()).toBeVisible();
  await expect(explorer.locator('[data-controls]')).toBeHidden();
});

for (const kind of ['/trainers/', '/paths/']) {
  test(`below ${kind}, answers print when they are asked for, and fold again`, async ({ page }) => {
    // Chromium without a screen prints to nothing: what is asked here is what it would find at that moment.
    await page.addInitScript(() => {
      window.print = () => {
        document.documentElement.dataset.printed = document.documentElement.dataset.print ?? 'folded';
      };
    });
    let button = page.getByRole('button', { name: 'Print with answers' });
    for (const path of pages.filter((each) => each.startsWith(kind) && each !== kind)) {
      await page.goto(path);
      if ((await button.count()) > 0) break;
    }
    button = button.first();
    const answers = page.locator('details.answer');
    const body = answers.first().locator('> :not(summary)').first();
    await page.emulateMedia({ media: 'print' });
    await expect(answers.first()).toBeHidden();
    await page.emulateMedia({ media: 'screen' });
    await button.press('Enter');
    await expect(page.locator('html')).toHaveAttribute('data-printed', 'answers');
    await page.emulateMedia({ media: 'print' });
    expect(
      await body.evaluate((each) => each.checkVisibility() && each.getBoundingClientRect().height > 0),
    ).toBe(true);
    await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
    await expect(answers.first()).toBeHidden();
    await expect(page.locator('html')).not.toHaveAttribute('data-print');
  });
}
