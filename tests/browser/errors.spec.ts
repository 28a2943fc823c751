import AxeBuilder from '@axe-core/playwright';
import { errorCodes } from '../../src/errors/error-code.ts';
import { expect, test } from './fixtures.ts';

test('from any page to the list of errors, to a group, to a code and on to a related one', async ({
  page,
}) => {
  await page.goto('/guides/dpo-loss/');
  await page
    .getByRole('contentinfo')
    .getByRole('link', { name: /what each error means/ })
    .click();
  await expect(page).toHaveURL(/\/errors\/$/);
  const groups = page.getByRole('navigation', { name: 'Groups' });
  await groups.getByRole('link', { name: 'Python and TRL names' }).click();
  await expect(page.getByRole('heading', { name: 'Python and TRL names' })).toBeInViewport();
  await page.getByRole('link', { name: 'argument-unknown' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('argument-unknown');
  await page.getByRole('link', { name: 'symbol-unknown' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('symbol-unknown');
});

test('the search finds the page of a code first, and a question of readers does not find errors', async ({
  page,
}) => {
  await page.goto('/search/');
  const field = page.getByRole('main').getByRole('combobox', { name: 'Search' });
  const results = page.getByRole('main').locator('.search-group a');
  const panel = page.locator('main search-panel');
  for (const code of errorCodes) {
    await field.fill(code);
    await expect(panel).toHaveAttribute('data-answered', code);
    await expect(results.first()).toHaveAttribute('href', new RegExp(`/errors/${code}/$`));
  }
  for (const question of ['DPOConfig', 'reference model', 'learning path', 'trl 0.25']) {
    await field.fill(question);
    await expect(panel).toHaveAttribute('data-answered', question);
    await expect(results.first()).not.toHaveAttribute('href', /\/errors\//);
  }
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  test('every code and its cause stand in the text, for the find of the browser', async ({ page }) => {
    await page.goto('/errors/');
    const text = await page.getByRole('main').innerText();
    for (const code of errorCodes) expect(text).toContain(code);
    await page.goto('/errors/region-markers/');
    await expect(page.getByText('content/annotated-trainers/dpo.mdx:18:1', { exact: false })).toBeVisible();
  });
});

test('every anchor of a page on an error is there', async ({ page }) => {
  await page.goto('/errors/frontmatter-field/');
  for (const id of ['example', 'mended', 'cure', 'related']) {
    await page.goto(`/errors/frontmatter-field/#${id}`);
    await expect(page.locator(`#${id}`)).toBeVisible();
  }
});

test('no page on an error scrolls sideways at 360 px', async ({ page }) => {
  test.slow(); // one page after the other
  await page.setViewportSize({ width: 360, height: 740 });
  for (const path of ['/errors/', ...errorCodes.map((code) => `/errors/${code}/`)]) {
    await page.goto(path);
    const over = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect([path, over]).toEqual([path, 0]);
  }
});

for (const path of ['/errors/', '/errors/argument-unknown/', '/errors/html-invalid/']) {
  test(`axe finds nothing on ${path}, in light and in dark`, async ({ page }) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.goto(path);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([]);
    }
  });
}
