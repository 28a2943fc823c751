import { expect, test } from './fixtures.ts';
import { annotated, guide } from './pages.ts';

/** With the reader's own few colours: what is chosen, and what a diagram says, must not hang on ours. */

test.use({ forcedColors: 'active', colorScheme: 'dark' });

test('the catalogue shows which filter is chosen', async ({ page }) => {
  await page.goto('/trainers/');
  const border = (checked: string) =>
    page
      .locator(`.catalogue-controls fieldset input${checked} + span`)
      .first()
      .evaluate((element) => getComputedStyle(element).borderBottomColor);
  expect(await border(':checked')).not.toBe(await border(':not(:checked)'));
});

test('a page shows which of its set it is', async ({ page }) => {
  await page.goto(annotated);
  const border = (current: string) =>
    page
      .locator(`.set > li${current}`)
      .first()
      .evaluate((element) => getComputedStyle(element).borderTopColor);
  expect(await border('[data-current]')).not.toBe(await border(':not([data-current])'));
});

test('lines of an explorer differ by more than colour', async ({ page }) => {
  await page.goto(guide);
  const panel = page.locator('.explorer .panel').first();
  await panel.scrollIntoViewIfNeeded();
  const lines = await panel.locator('.fig-line').evaluateAll((all) =>
    all.map((line) => {
      const { strokeDasharray, strokeWidth } = getComputedStyle(line);
      return `${strokeDasharray} ${strokeWidth}`;
    }),
  );
  expect(lines.length).toBeGreaterThan(1);
  expect(new Set(lines).size).toBe(lines.length);
});
