import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { guide } from './pages.ts';

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Search' });
const field = (page: Page) => page.getByRole('combobox', { name: 'Search' });
/** The result that the keys are on. */
const active = (page: Page) => page.locator('[role="option"][aria-selected="true"]');

/** Types a query and waits for its answer: until then the results may still be those of its beginning. */
async function ask(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text);
  await expect(dialog(page).getByRole('status')).toContainText(`“${text}”`);
}

for (const keys of ['Control+k', '/']) {
  test(`${keys} opens the search, arrows choose, Enter lands on the page`, async ({ page }) => {
    await page.goto(guide);
    await page.keyboard.press(keys);
    await expect(dialog(page)).toBeVisible();
    await expect(field(page)).toBeFocused();
    await ask(page, 'reference model');
    await expect(active(page)).toHaveCount(1);
    const first = await active(page).getAttribute('id');
    await page.keyboard.press('ArrowDown');
    await expect(active(page)).not.toHaveAttribute('id', first ?? '');
    await expect(field(page)).toHaveAttribute(
      'aria-activedescendant',
      (await active(page).getAttribute('id')) ?? '',
    );
    await page.keyboard.press('ArrowUp');
    await expect(active(page)).toHaveAttribute('id', first ?? '');
    await page.keyboard.press('ArrowDown');
    const target = (await active(page).getAttribute('href')) ?? '';
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(new URL(target, page.url()).href);
    await expect(page.locator('h1')).toBeVisible();
  });
}

test('the field stays clear of `/` typed into it, and Escape closes the dialog', async ({ page }) => {
  await page.goto(guide);
  await page.getByRole('banner').getByRole('link', { name: 'Search' }).click();
  await expect(field(page)).toBeFocused();
  await page.keyboard.type('a/b');
  await expect(field(page)).toHaveValue('a/b');
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toBeHidden();
});

test('a config field is found and leads to its row', async ({ page }) => {
  await page.goto(guide);
  await page.keyboard.press('/');
  await ask(page, 'DPOConfig.beta');
  const result = dialog(page).getByRole('option').filter({ hasText: 'DPOConfig.beta' }).first();
  await result.click();
  await expect(page).toHaveURL(/\/trainers\/dpo\/#DPOConfig\.beta$/);
  await expect(page.locator('[id="DPOConfig.beta"]')).toBeInViewport();
});

test('nothing found is said, with a way on', async ({ page }) => {
  await page.goto(guide);
  await page.keyboard.press('/');
  await ask(page, 'zzyzx');
  await expect(dialog(page).getByRole('status')).toContainText('Nothing found');
  await expect(dialog(page).getByRole('link', { name: 'glossary' })).toBeVisible();
});

test('/search/?q= shows results, and the address follows what is typed', async ({ page }) => {
  await page.goto('/search/?q=beta');
  const main = page.getByRole('main');
  const own = main.getByRole('combobox', { name: 'Search' });
  await expect(own).toHaveValue('beta');
  await expect(main.getByRole('option').first()).toBeVisible();
  await own.fill('margin');
  await expect(page).toHaveURL(/\/search\/\?q=margin$/);
  await expect(main.getByRole('status')).toContainText('margin');
  await page.keyboard.press('Control+k');
  await expect(dialog(page)).toBeHidden(); // the page's own field is the search
  await expect(own).toBeFocused();
});

test('nothing of the search is fetched before it is used', async ({ page }) => {
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(request.url()));
  await page.goto(guide); // scripts have run when this returns: a quiet network alone does not say so
  await page.waitForLoadState('networkidle');
  expect(fetched.filter((url) => url.includes('/pagefind/'))).toEqual([]);
  await page.keyboard.press('/');
  await ask(page, 'beta');
  await expect(dialog(page).getByRole('option').first()).toBeVisible();
  expect(fetched.some((url) => url.includes('/pagefind/'))).toBe(true);
});

test('a question is found by its words, and opens where it stands', async ({ page }) => {
  await page.goto(guide);
  await page.keyboard.press('/');
  await ask(page, 'both rewards fall');
  await dialog(page).getByRole('option').filter({ hasText: 'Both rewards fall. Is the run broken?' }).click();
  await expect(page).toHaveURL(/\/trainers\/dpo\/#ask-both-rewards-fall/);
  await expect(page.locator('#ask-both-rewards-fall-is-the-run-broken')).toBeVisible();
});

test('a misspelt trainer is read as the one that was meant, and that is said', async ({ page }) => {
  await page.goto(guide);
  await page.keyboard.press('/');
  await ask(page, 'gpro');
  await expect(dialog(page).getByRole('status')).toContainText('“gpro” was read as “grpo”');
  await expect(dialog(page).getByRole('option').first()).toHaveAttribute('href', '/trainers/grpo/');
});

test('two trainers that are compared lead to the table that sets them side by side', async ({ page }) => {
  await page.goto(guide);
  await page.keyboard.press('/');
  await ask(page, 'dpo vs orpo');
  await dialog(page).getByRole('option', { name: 'DPO and ORPO side by side' }).click();
  await expect(page).toHaveURL(/\/trainers\/\?compare=dpo,orpo$/);
  await expect(page.getByRole('table').first()).toContainText('ORPO');
});
