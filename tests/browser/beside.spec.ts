import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { annotated, example } from './pages.ts';

async function boxOf(part: Locator) {
  const box = await part.boundingBox();
  if (!box) throw new Error('expected a part that is laid out, found none');
  return { ...box, right: box.x + box.width, bottom: box.y + box.height };
}

/** The block of code, and the prose that explains it. */
const pairs = [
  { path: annotated, block: '.region', code: '.region-code', prose: '.region-prose' },
  {
    path: example,
    block: '.cell:has(> .cell-prose):has(> .cell-code)',
    code: '.cell-code',
    prose: '.cell-prose',
  },
];

for (const { path, block, code, prose } of pairs) {
  for (const width of [360, 768]) {
    test(`${path} at ${width} px: code and prose stand one below the other`, async ({ page }) => {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(path);
      for (const part of await page.locator(block).all()) {
        const [codeBox, proseBox] = [await boxOf(part.locator(code)), await boxOf(part.locator(prose))];
        const apart = codeBox.bottom <= proseBox.y + 1 || proseBox.bottom <= codeBox.y + 1;
        expect(apart, await part.innerText()).toBe(true);
        expect(proseBox.right).toBeLessThanOrEqual(width);
      }
    });
  }

  test(`${path} at 1440 px: code stands beside its prose, and neither covers the other`, async ({ page }) => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(path);
    for (const part of await page.locator(block).all()) {
      const [codeBox, proseBox] = [await boxOf(part.locator(code)), await boxOf(part.locator(prose))];
      const [left, right] = codeBox.x < proseBox.x ? [codeBox, proseBox] : [proseBox, codeBox];
      expect(left.right, await part.innerText()).toBeLessThanOrEqual(right.x);
      expect(right.right).toBeLessThanOrEqual(1440);
      expect(codeBox.width).toBeGreaterThan(500);
      expect(proseBox.width).toBeGreaterThan(350);
    }
  });
}

/** Scrolls so that the part's bottom stands at `y` of the window. */
async function scrollBottomTo(page: Page, part: Locator, y: number): Promise<void> {
  const { bottom } = await boxOf(part);
  await page.evaluate((by) => window.scrollBy({ top: by, behavior: 'instant' }), bottom - y);
}

test('at 1440 px the code stays in view while its prose scrolls by', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(annotated);
  let looked = 0;
  for (const region of await page.locator('.region').all()) {
    const [code, prose] = [region.locator('.region-code'), region.locator('.region-prose')];
    const [codeBox, proseBox] = [await boxOf(code), await boxOf(prose)];
    if (proseBox.height < codeBox.height + 150 || codeBox.height > 700) continue;
    looked += 1;
    await scrollBottomTo(page, region, codeBox.height + 100);
    const now = await boxOf(code);
    expect(now.y).toBeGreaterThanOrEqual(0);
    expect(now.bottom).toBeLessThanOrEqual(900);
    expect((await boxOf(prose)).y).toBeLessThan(now.y); // its beginning has scrolled away: the code has not
  }
  expect(looked).toBeGreaterThan(0);
});

test('pointing at a marker lights its line and its remark', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(annotated);
  const region = page.locator('.region:has(a.marker)').first();
  await region.locator('a.marker').first().hover();
  const remark = region.locator('.remarks > li').first();
  await expect(remark).toHaveClass(/lit/);
  await expect(region.locator('.line.lit')).toHaveCount(1);
  await page.mouse.move(0, 0);
  await expect(remark).not.toHaveClass(/lit/);
});
