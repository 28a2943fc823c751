import { readFileSync } from 'node:fs';
import { expect, test } from './fixtures.ts';
import { annotated, guide } from './pages.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

const clipboard = () => navigator.clipboard.readText();

test('the copy button of a region copies its code as it stands in the file, without markers', async ({
  page,
}) => {
  await page.goto(annotated);
  const region = page.locator('.region:has(a.marker)').first();
  const name = (await region.getAttribute('id'))?.replace('region-', '');
  await region.getByRole('button', { name: 'Copy' }).click();
  await expect(region.getByRole('button', { name: 'Copied' })).toBeVisible();

  const file = readFileSync('content/distilled/dpo.py', 'utf8');
  const [, written = ''] = new RegExp(`# region ${name} .*\\n([\\s\\S]*?)# endregion`).exec(file) ?? [];
  const expected = written.replace(/[ \t]*# \(\d+\)$/gm, '');
  expect((await page.evaluate(clipboard)).trim()).toBe(expected.trim());
});

test('the copy button of a fence copies exactly its code', async ({ page }) => {
  await page.goto(guide);
  const figure = page.locator('figure.code:not(.output)').first();
  const code = await figure.locator('pre code').innerText();
  await figure.hover();
  await figure.getByRole('button', { name: 'Copy' }).click();
  expect((await page.evaluate(clipboard)).trim()).toBe(code.trim());
});

test('code that is wider than its block scrolls by itself, by keyboard too', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(annotated);
  const wide = await page
    .locator('main pre')
    .evaluateAll((blocks) => blocks.findIndex((block) => block.scrollWidth > block.clientWidth + 20));
  expect(wide).toBeGreaterThanOrEqual(0);
  const block = page.locator('main pre').nth(wide);
  await block.focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => block.evaluate((element) => element.scrollLeft)).toBeGreaterThan(0);
});
