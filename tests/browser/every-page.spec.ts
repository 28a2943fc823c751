import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './fixtures.ts';
import { annotated, example, guide, kindsOfPage, openedPages, pages } from './pages.ts';

test('the site has an entry of each kind, and the pages around them', () => {
  expect(pages).toEqual(
    expect.arrayContaining([
      ...['/', annotated, guide, example, '/trainers/', '/guides/', '/examples/'],
      ...['/paths/', '/glossary/', '/search/', '/status/', '/404.html'],
    ]),
  );
});

for (const path of openedPages) {
  test(`${path} loads without a complaint and has one heading and one main part`, async ({ page }) => {
    await page.goto(path); // scripts have run when this returns: a quiet network alone does not say so
    await expect(page.locator('h1')).toHaveCount(1);
    await expect(page.getByRole('main')).toHaveCount(1);
    await expect(page).toHaveTitle(/\S/);
    // To the end, and what is folded opened: explorers and figures load what they need when they come near.
    await page.evaluate(async () => {
      for (const details of document.querySelectorAll('details')) details.open = true;
      for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight) {
        scrollTo({ top: y, behavior: 'instant' });
        await new Promise(requestAnimationFrame);
      }
    });
    await page.waitForLoadState('networkidle');
    expect(await page.evaluate(skippedHeadings)).toEqual([]);
  });
}

/** Headings more than one level below the one before them. */
function skippedHeadings(): string[] {
  const headings = [...document.querySelectorAll('main :is(h1, h2, h3, h4, h5, h6)')];
  const level = (heading: Element | undefined) => Number(heading?.tagName[1] ?? 0);
  return headings
    .filter((heading, at) => level(heading) > level(headings[at - 1]) + 1)
    .map(({ outerHTML }) => outerHTML.slice(0, 160));
}

test('what the policy forbids is noticed', async ({ page, complaints }) => {
  await page.goto('/');
  await page.evaluate(() => {
    const style = document.createElement('style');
    style.textContent = 'body { color: red }';
    const script = document.createElement('script');
    script.textContent = 'document.title = "ran"';
    document.head.append(style, script);
  });
  const kinds = () => new Set(complaints.list.filter((each) => each.startsWith('policy: ')));
  // Both the page and the server state the policy: each complains.
  const stopped = ['script', 'style'].map((what) =>
    expect.stringMatching(`^policy: ${what}-src-elem stops inline`),
  );
  await expect.poll(() => [...kinds()].sort()).toEqual(stopped);
  await expect(page).not.toHaveTitle('ran');
  complaints.expect(/^policy: (script|style)-src-elem stops inline/);
  complaints.expect(/^console: .*violates the following Content Security Policy/);
});

test.describe('at 360 px', () => {
  test.use({ viewport: { width: 360, height: 740 } });
  for (const path of openedPages) {
    test(`${path} does not scroll sideways`, async ({ page }) => {
      await page.goto(path);
      await page.evaluate(() => document.fonts.ready);
      // What is folded can be wide too.
      await page.evaluate(() => {
        for (const details of document.querySelectorAll('details')) details.open = true;
      });
      const wider = await page.evaluate(() => {
        const limit = document.documentElement.clientWidth;
        if (document.documentElement.scrollWidth <= limit) return [];
        const scrollsItself = (element: Element | null): boolean =>
          element !== null &&
          element !== document.body &&
          (getComputedStyle(element).overflowX !== 'visible' || scrollsItself(element.parentElement));
        return [...document.querySelectorAll('body *')]
          .filter((element) => element.getBoundingClientRect().right > limit && !scrollsItself(element))
          .map((element) => element.outerHTML.slice(0, 120))
          .slice(0, 10);
      });
      expect(wider).toEqual([]);
    });
  }
});

/** Minutes; `AXE_PAGES=kinds` looks at one page of each kind. */
for (const path of process.env.AXE_PAGES === 'kinds' ? kindsOfPage : openedPages) {
  test(`axe finds nothing on ${path}, in light and in dark`, async ({ page }) => {
    test.slow(); // contrast is computed for each of thousands of spans
    await page.emulateMedia({ colorScheme: 'light' });
    await page.goto(path);
    await page.waitForLoadState('networkidle');
    // axe does not read MathML: a header that holds a formula seems empty to it.
    const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    expect(await violations(new AxeBuilder({ page }).withTags(rules).exclude('th:has(math)'))).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    // Nothing but colours differs between the two.
    const colours = ['color-contrast', 'link-in-text-block'];
    expect(await violations(new AxeBuilder({ page }).withRules(colours))).toEqual([]);
  });
}

/** What axe objects to, one string an element. */
async function violations(axe: AxeBuilder): Promise<string[]> {
  const { violations: rules } = await axe.analyze();
  return rules.flatMap(({ id, nodes }) =>
    nodes.slice(0, 5).map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
  );
}
