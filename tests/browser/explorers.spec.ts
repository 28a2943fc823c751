import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { explorers } from '../../src/explorers/registry.ts';
import { expect, test } from './fixtures.ts';
import { dist } from './pages.ts';

/** What holds for all explorers, and for several on one page: PPO's guide has three. */
const ppo = '/guides/ppo-objective/';
const list = readFileSync(join(dist, 'explorers/index.html'), 'utf8');

/** Where an explorer stands first. */
function placeOf(name: string): string {
  const place = new RegExp(`href="([^"#]+)#explorer-${name}"`).exec(list)?.[1];
  if (place === undefined) throw new Error(`expected a link to explorer-${name} on /explorers/, found none`);
  return place;
}

async function open(page: Page, path: string, name: string): Promise<void> {
  await page.goto(path);
  await near(page, name);
}

async function near(page: Page, name: string): Promise<void> {
  await page.locator(`explorer-${name}`).scrollIntoViewIfNeeded();
  await page.waitForFunction((tag) => customElements.get(tag) !== undefined, `explorer-${name}`);
}

const form = (page: Page, title: string) =>
  page.getByRole('form', { name: `Explorer: ${title}`, exact: true });
const clipping = (page: Page) => form(page, 'Clipping');
const ratio = (page: Page) => clipping(page).getByRole('slider', { name: /ratio/ });
const lambda = (page: Page) => form(page, 'Generalised advantage estimation').getByRole('slider').first();
const rowOf = (page: Page, method: string) =>
  clipping(page)
    .getByRole('row')
    .filter({ has: page.getByText(method, { exact: true }) });
const search = (page: Page) => new URL(page.url()).searchParams;

test('the keyboard alone moves a slider, ticks a box, chooses, and resets', async ({ page }) => {
  await open(page, `${ppo}#explorer-clipping`, 'clipping');
  await page.keyboard.press('Tab');
  await expect(ratio(page)).toBeFocused();
  await page.keyboard.press('End');
  await expect(rowOf(page, 'clip').getByRole('cell')).toHaveText(['0.200', '0.000', '−1.000', '−2.000']);
  await expect(ratio(page)).toHaveAttribute(
    'aria-valuetext',
    /^2, pushes on a good and a bad answer: clip 0 and −2/,
  );
  for (let i = 0; i < 30; i++) await page.keyboard.press('ArrowLeft');
  await expect(rowOf(page, 'clip').getByRole('cell').nth(1)).toHaveText('0.000');
  for (let i = 0; i < 60; i++) await page.keyboard.press('ArrowLeft');
  await expect(rowOf(page, 'clip').getByRole('cell').nth(1)).toHaveText('1.100');

  const sequence = clipping(page).getByRole('checkbox', { name: 'sequence', exact: true });
  const tokens = clipping(page).getByRole('slider', { name: /tokens/ });
  await expect(tokens).toBeHidden();
  for (let i = 0; i < 12 && !(await sequence.evaluate((box) => box === document.activeElement)); i++)
    await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await expect(rowOf(page, 'sequence')).toHaveCount(1);
  await expect(tokens).toBeVisible();

  const panels = page.locator('explorer-clipping svg.panel:not([hidden])');
  await expect(panels).toHaveCount(4);
  await clipping(page).getByRole('combobox', { name: 'draw' }).focus();
  await page.keyboard.press('Home');
  await expect(panels).toHaveCount(2);

  await clipping(page).getByRole('button', { name: 'Reset' }).focus();
  await page.keyboard.press('Enter');
  await expect(panels).toHaveCount(4);
  await expect(rowOf(page, 'sequence')).toHaveCount(0);
  await expect.poll(() => search(page).toString()).toBe('');
});

test('a pointer on a panel moves the cursor, also past its edge', async ({ page }) => {
  await open(page, ppo, 'clipping');
  const panel = page.locator('explorer-clipping svg.panel').first();
  await panel.hover(); // waits until the page stands still
  const box = await panel.boundingBox();
  if (!box) throw new Error('expected the panel to be visible');
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 1.2, box.y + box.height * 0.5);
  await page.mouse.up();
  await expect(ratio(page)).toHaveValue('2');
  await expect.poll(() => search(page).get('clip.ratio')).toBe('2');
});

test('explorers of one page share the address and nothing else', async ({ page }) => {
  await open(page, ppo, 'clipping');
  await near(page, 'gae');
  await near(page, 'kl-estimators');
  const untouched = await lambda(page).inputValue();
  await ratio(page).press('End');
  await expect.poll(() => search(page).toString()).toBe('clip.ratio=2');
  await expect(lambda(page)).toHaveValue(untouched);

  await lambda(page).press('Home');
  await expect.poll(() => [...search(page).keys()].some((key) => key.startsWith('gae.'))).toBe(true);
  expect(search(page).get('clip.ratio')).toBe('2');
  const moved = await lambda(page).inputValue();
  expect(moved).not.toBe(untouched);

  await page.reload();
  await near(page, 'clipping');
  await near(page, 'gae');
  await expect(ratio(page)).toHaveValue('2');
  await expect(lambda(page)).toHaveValue(moved);

  await clipping(page).getByRole('button', { name: 'Reset' }).click();
  await expect.poll(() => search(page).has('clip.ratio')).toBe(false);
  expect([...search(page).keys()].every((key) => key.startsWith('gae.'))).toBe(true);
  await expect(lambda(page)).toHaveValue(moved);

  const ids = await page.evaluate(() => [...document.querySelectorAll('[id]')].map(({ id }) => id));
  expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
});

test('a reader who comes back finds the state that was left', async ({ page }) => {
  await open(page, ppo, 'clipping');
  await ratio(page).press('Home');
  await expect.poll(() => search(page).get('clip.ratio')).toBe('0.02');
  await page.goto('/guides/');
  await page.goBack();
  await near(page, 'clipping');
  await expect(ratio(page)).toHaveValue('0.02');
});

test('a page’s own start is its clean address, and a link opens a state', async ({ page }) => {
  await open(page, ppo, 'clipping');
  await expect(clipping(page).getByRole('checkbox', { checked: true })).toHaveCount(2);
  await page.waitForTimeout(600); // longer than the address lags behind
  expect(search(page).toString()).toBe('');

  await page.goto('/guides/orpo-loss/');
  await page.getByRole('link', { name: 'explorer of losses' }).click();
  await near(page, 'preference-losses');
  const losses = form(page, 'Preference losses');
  await expect(losses.getByRole('checkbox', { checked: true })).toHaveCount(3);
  await expect(losses.getByRole('checkbox', { name: 'orpo', exact: true })).toBeChecked();
});

test('lines have other colours in the dark', async ({ page }) => {
  const strokes = () =>
    page
      .locator('explorer-clipping svg.panel:not([hidden])')
      .first()
      .locator('.fig-line')
      .evaluateAll((lines) => lines.map((line) => getComputedStyle(line).stroke));
  await page.emulateMedia({ colorScheme: 'light' });
  await open(page, '/guides/grpo-objective/', 'clipping');
  const light = await strokes();
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await strokes();
  expect(new Set(light).size).toBe(light.length);
  expect(dark).toHaveLength(light.length);
  expect(dark.filter((stroke, i) => stroke === light[i])).toEqual([]);
});

for (const { name, title } of explorers) {
  test.describe(name, () => {
    test('comes to life when its reader is near, and axe finds nothing', async ({ page }) => {
      test.slow();
      await open(page, placeOf(name), name);
      await expect(form(page, title).getByRole('button', { name: 'Reset' })).toBeVisible();
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        const { violations } = await new AxeBuilder({ page }).include(`explorer-${name}`).analyze();
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
      }
    });

    test('does not scroll sideways at 360 px', async ({ page }) => {
      await page.setViewportSize({ width: 360, height: 740 });
      await open(page, placeOf(name), name);
      await expect(form(page, title)).toBeVisible();
      await page.evaluate(() => document.fonts.ready);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width).toBeLessThanOrEqual(360);
    });
  });
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  for (const { name } of explorers) {
    test(`${name} is a picture, with no empty place for controls`, async ({ page }) => {
      await page.goto(placeOf(name));
      const explorer = page.locator(`explorer-${name}`);
      await expect(explorer.locator('figure')).toBeVisible();
      await expect(explorer.locator('figcaption')).not.toBeEmpty();
      await expect(explorer.locator('[data-controls]')).toBeHidden();
    });
  }
});
