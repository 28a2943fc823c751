import { expect, test } from './fixtures.ts';
import { annotated, kindsOfPage } from './pages.ts';

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

for (const path of kindsOfPage) {
  test(`the words of diagrams on a page like ${path} stand out from what is behind them`, async ({
    page,
  }) => {
    await page.goto(path);
    const wrong = await page.evaluate(() => {
      const lightness = (colour: string) => {
        const [r = 0, g = 0, b = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number);
        return (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255;
      };
      return [...document.querySelectorAll('.graphviz .node')]
        .filter((node) => {
          const shape = node.querySelector('polygon, ellipse, path');
          const words = node.querySelector('text');
          if (!shape || !words || getComputedStyle(shape).fill === 'none') return false;
          const apart = lightness(getComputedStyle(shape).fill) - lightness(getComputedStyle(words).fill);
          return Math.abs(apart) < 0.5;
        })
        .map(({ textContent }) => textContent?.trim());
    });
    expect(wrong).toEqual([]);
  });
}
