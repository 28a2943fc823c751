/* Over 250 lines: the journeys along a path share their few steps. */
import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

const path = '/paths/dpo/';
const first = '/guides/dpo-loss/';
const second = '/trainers/dpo/';

const strip = (page: Page) => page.getByRole('navigation', { name: 'In learning paths' });
/** The mark in the page's head. */
const mark = (page: Page) => page.locator('.entry-head [data-mark]');
const panel = (page: Page) => page.locator('progress-panel');
const said = (page: Page) => panel(page).locator('[data-said]');

/** Marks a page as read, from the foot of the page itself. */
async function read(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await strip(page).getByRole('button', { name: 'Mark as read' }).click();
  await expect(mark(page)).toHaveAttribute('data-state', 'read');
  await expect(strip(page).getByRole('status')).toContainText(/^Read on /);
}

test('a page marked as read is so on the path, on the home page, and after a reload', async ({ page }) => {
  await read(page, first);
  await page.reload();
  await expect(mark(page)).toHaveAttribute('data-state', 'read');

  await page.goto(path);
  const states = page.locator('[data-path-steps] [data-mark]');
  await expect(states.nth(0)).toHaveAttribute('data-state', 'read');
  await expect(states.nth(1)).toHaveAttribute('data-state', 'unread');
  await expect(page.getByText(/^1 of 4 read, .* left$/)).toBeVisible();

  await page.goto('/');
  const onward = page.locator('continue-reading');
  await expect(onward).toContainText('Continue with');
  await expect(onward.getByRole('link', { name: 'DPOTrainer, annotated' })).toHaveAttribute(
    'href',
    /trainers\/dpo/,
  );
  await expect(onward).toContainText('Step 2 of 4 in DPO');
});

test('opening a page alone says opened, not read; a mark can be taken back', async ({ page }) => {
  await page.goto(second);
  await expect(mark(page)).toHaveAttribute('data-state', 'opened');
  await expect(mark(page)).toHaveText('opened');
  await page.goto(path);
  await expect(page.getByText(/^0 of 4 read/)).toBeVisible();
  await read(page, second);
  await strip(page).getByRole('button', { name: 'Mark as unread' }).click();
  await expect(mark(page)).toHaveAttribute('data-state', 'opened');
  await expect(strip(page).getByRole('status')).toBeEmpty();
});

test('on the path itself a step is marked, its check-point ticked, and the end leads on', async ({
  page,
}) => {
  await page.goto(path);
  const steps = page.locator('[data-path-steps] > li');
  await expect(page.locator('path-summary')).toContainText('Start with');
  await steps.nth(0).getByRole('checkbox', { name: 'I had the answer to check-point 1' }).check();
  for (const step of await steps.all()) {
    const button = step.getByRole('button', { name: /^Mark as read ?: / });
    await button.focus();
    await page.keyboard.press('Enter');
    await expect(step.locator('[data-mark]')).toHaveAttribute('data-state', 'read');
  }
  await expect(page.locator('path-summary')).toContainText('4 of 4 read, all done');
  await expect(page.getByRole('progressbar')).toHaveAttribute('value', '4');
  await page.reload();
  await expect(steps.nth(0).getByRole('checkbox')).toBeChecked();
  await expect(steps.nth(1).getByRole('checkbox')).not.toBeChecked();

  await page.goto('/');
  const onward = page.locator('continue-reading');
  await expect(onward).toContainText('DPO is read. Go on with');
  await expect(onward.getByRole('link')).toHaveAttribute('href', /\?path=researcher$/);
});

test('progress goes out as a file, is deleted, and comes back', async ({ page }, testInfo) => {
  await read(page, first);
  await page.goto('/paths/');
  const download = page.waitForEvent('download');
  await panel(page).getByRole('button', { name: 'Export as a file' }).click();
  const file = testInfo.outputPath('progress.json');
  await (await download).saveAs(file);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ version: expect.anything() });

  await panel(page).getByRole('button', { name: 'Delete' }).click();
  await page
    .getByRole('dialog', { name: 'Delete your progress?' })
    .getByRole('button', { name: 'Keep it' })
    .click();
  await expect(panel(page)).toContainText('1 page marked as read');
  await panel(page).getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete it' }).click();
  await expect(said(page)).toContainText('Nothing is kept');
  await expect(panel(page)).toContainText('Nothing yet.');

  await panel(page).locator('input[type="file"]').setInputFiles(file);
  await expect(said(page)).toContainText('1 page marked as read');
  await expect(panel(page)).toContainText('1 page marked as read');
  await page.goto(first);
  await expect(mark(page)).toHaveAttribute('data-state', 'read');
});

for (const [name, content] of [
  ['no JSON', '{"version":'],
  ['of another version', '{"version":99,"pages":{}}'],
  ['of another shape', '{"version":1,"pages":{"x":{"read":"<img src=x onerror=alert(1)>"}}}'],
] as const) {
  test(`a file that is ${name} is refused with a reason, and changes nothing`, async ({ page }) => {
    await read(page, first);
    await page.goto('/paths/');
    await panel(page)
      .locator('input[type="file"]')
      .setInputFiles({ name: 'broken.json', mimeType: 'application/json', buffer: Buffer.from(content) });
    await expect(said(page)).toContainText('broken.json was not imported.');
    await expect(said(page)).toContainText(/expected|version/i);
    await expect(panel(page)).toContainText('1 page marked as read');
  });
}

test('a page opened from a path has that path’s neighbours, and keeps it on the way', async ({ page }) => {
  await page.goto(path);
  await page.locator('[data-path-steps]').getByRole('link', { name: 'DPOTrainer, annotated' }).click();
  await expect(page).toHaveURL(/\/trainers\/dpo\/\?path=dpo/);
  const here = strip(page).locator('[data-path="dpo"]');
  await expect(here).toHaveAttribute('aria-current', 'true');
  await expect(page.getByRole('navigation', { name: 'Previous and next page' })).toBeHidden();
  await expect(here).toContainText('step 2 of 4');
  await here.getByText('Next').locator('..').getByRole('link').click();
  await expect(page).toHaveURL(/\/examples\/dpo-training\/\?path=dpo$/);
  await expect(page.locator('link[rel="canonical"]')).toHaveAttribute('href', /\/examples\/dpo-training\/$/);
  await strip(page).getByText('Previous').locator('..').getByRole('link').click();
  await expect(page).toHaveURL(/\/trainers\/dpo\/\?path=dpo$/);
});

test('a path that the page does not belong to changes nothing', async ({ page }) => {
  for (const query of ['', '?path=rl', '?path="]%20*']) {
    await page.goto(second + query);
    await expect(page.getByRole('navigation', { name: 'Previous and next page' })).toBeVisible();
    await expect(strip(page).locator('[aria-current]')).toHaveCount(0);
  }
});

test('the catalogue is a step too, and keeps its path while it is filtered', async ({ page }) => {
  await page.goto('/trainers/?path=beginner');
  await page.getByRole('main').getByRole('combobox').first().selectOption({ index: 1 });
  await expect(page).toHaveURL(/\/trainers\/\?.+&path=beginner$/);
  await expect(page.locator('.path-line')).toContainText('step 2 of 5 in Beginner');
  await strip(page).getByText('Next').locator('..').getByRole('link').click();
  await expect(page).toHaveURL(/\/trainers\/sft\/\?path=beginner$/);
});

test('the chooser is a step too, and keeps its path while it is answered', async ({ page }) => {
  await page.goto('/choose/?path=beginner');
  await expect(page.getByText('Left out of this link')).toBeHidden();
  await page.getByRole('radio').first().check();
  await page.getByRole('main').getByRole('button', { name: 'Next' }).click();
  await expect(page).toHaveURL(/\?data=demonstrations&path=beginner$/);
  await expect(strip(page).locator('[data-path="beginner"]')).toContainText('step 5 of 5');
});

test('what is filled in moves nothing', async ({ page }) => {
  const at = '2026-10-01T08:00:00.000Z';
  const progress = {
    format: 'annotated-trainers/progress',
    version: 1,
    pages: { 'guides/dpo-loss': { opened: at, read: { on: true, at } } },
    answered: {},
    last: { path: 'dpo', at },
  };
  await page.addInitScript((text) => {
    localStorage.setItem('annotated-trainers.progress.v1', text);
  }, JSON.stringify(progress));
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    for (const [address, below, filled] of [
      ['/', '.path-choice > li', 'Continue with'],
      ['/paths/', '.path-list > li', '1 of 4 read'],
      [path, '.path-steps > li', '1 of 4 read'],
      [first, '.entry-body', 'read'],
    ] as const) {
      let release = () => {};
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      await page.route('**/_astro/*.js', async (route) => {
        await held;
        await route.continue();
      });
      await page.goto(address, { waitUntil: 'commit' });
      await page.locator('.site-footer').waitFor();
      await page.waitForFunction(() =>
        [...document.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]')].every((link) => link.sheet),
      );
      const tops = () =>
        page.evaluate(async (selector) => {
          // A frame is laid out before the fonts that it needs are asked for.
          await new Promise(requestAnimationFrame);
          await document.fonts.ready;
          return [...document.querySelectorAll<HTMLElement>(selector)].map((each) => each.offsetTop);
        }, below);
      const before = await tops();
      release();
      await expect(page.getByText(filled).first()).toBeAttached();
      await page.waitForLoadState('networkidle');
      expect(await tops(), `${address} at ${width}`).toEqual(before);
      await page.unroute('**/_astro/*.js');
    }
  }
});

test('two tabs stay in step', async ({ context }) => {
  const [one, two] = [await context.newPage(), await context.newPage()];
  await two.goto(path);
  await expect(two.locator('[data-path-steps] [data-mark]').first()).toHaveAttribute('data-state', 'unread');
  await read(one, first);
  await expect(two.locator('[data-path-steps] [data-mark]').first()).toHaveAttribute('data-state', 'read');
});

for (const [name, error, text] of [
  ['is full', 'QuotaExceededError', 'storage for this site is full'],
  ['is forbidden', 'SecurityError', 'lets the site store nothing'],
] as const) {
  test(`a storage that ${name} is said where a mark is made, and the page goes on`, async ({ page }) => {
    await page.addInitScript((kind) => {
      const refuse = () => {
        throw new DOMException('no', kind);
      };
      Storage.prototype.setItem = refuse;
      if (kind === 'SecurityError') Storage.prototype.getItem = refuse;
    }, error);
    await read(page, first);
    await expect(strip(page).getByRole('status')).toContainText(text);
    await page.goto('/paths/');
    if (error === 'SecurityError') await expect(panel(page).locator('[data-trouble]')).toContainText(text);
    await expect(panel(page)).toContainText('Nothing yet.');
  });
}

test('progress of a newer site is left as it is, and that is said', async ({ page }) => {
  const newer = JSON.stringify({ format: 'annotated-trainers/progress', version: 2 });
  await page.goto('/paths/');
  await page.evaluate((text) => localStorage.setItem('annotated-trainers.progress.v1', text), newer);
  await page.reload();
  await expect(panel(page).locator('[data-trouble]')).toContainText('A newer version of this site');
  await read(page, first);
  expect(await page.evaluate(() => localStorage.getItem('annotated-trainers.progress.v1'))).toBe(newer);
});

for (const scheme of ['light', 'dark'] as const) {
  test(`axe finds nothing on a path with progress, and in the dialog that deletes it, ${scheme}`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme: scheme });
    await read(page, first);
    await page.goto(path);
    await expect(page.locator('path-summary')).toContainText('1 of 4 read');
    const found = async () => (await new AxeBuilder({ page }).exclude('th:has(math)').analyze()).violations;
    expect(await found()).toEqual([]);
    await page.goto('/paths/');
    await panel(page).getByRole('button', { name: 'Delete' }).click();
    expect(await found()).toEqual([]);
  });
}

test('a path prints without controls, and with its answers below the questions when they are asked for', async ({
  page,
}) => {
  await page.goto(path);
  await page.emulateMedia({ media: 'print' });
  const answer = page.locator('.checkpoint .answer').first();
  await expect(answer).not.toHaveAttribute('open');
  await expect(answer).toBeHidden();
  await page.locator('html').evaluate((html) => html.setAttribute('data-print', 'answers'));
  await expect(answer.getByText('Both completions are less likely', { exact: false })).toBeVisible();
  for (const control of await page.locator('main button, main input, main progress').all()) {
    await expect(control).toBeHidden();
  }
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a path is its pages, reasons and questions, and a page names its paths', async ({ page }) => {
    await page.goto(path);
    await expect(page.locator('[data-path-steps] > li')).toHaveCount(4);
    await expect(page.getByRole('button')).toHaveCount(0);
    await expect(page.getByRole('checkbox')).toHaveCount(0);
    const checkpoint = page.locator('.checkpoint').first();
    await checkpoint.getByText('Answer', { exact: true }).click();
    await expect(checkpoint.locator('.answer')).toContainText('Below.');
    await page.goto(second);
    await expect(page.locator('.entry-meta')).toContainText('step 2 of 4 in DPO');
    await expect(strip(page).getByRole('link', { name: 'DPO', exact: true })).toBeVisible();
    await expect(strip(page).getByText('step 2 of 4')).toBeVisible();
    await expect(strip(page).getByRole('button')).toHaveCount(0);
    await strip(page).getByText('Next').locator('..').getByRole('link').click();
    await expect(page).toHaveURL(/\/examples\/dpo-training\/\?path=dpo$/);
    await page.goto('/');
    await expect(page.locator('continue-reading')).toContainText('New here? Begin with');
    await expect(page.locator('.path-choice > li')).toHaveCount(5);
    await page.goto('/paths/');
    await expect(page.locator('.path-list > li')).toHaveCount(5);
    await expect(panel(page)).toBeHidden();
  });
});
