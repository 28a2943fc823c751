import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

const panel = (page: Page) => page.locator('trainer-chooser');
const question = (page: Page) => panel(page).locator('form h2');
const result = (page: Page) => page.getByRole('region', { name: 'Your trainer' });
const trail = (page: Page) => page.getByRole('list', { name: 'Your answers' }).getByRole('listitem');
const query = (page: Page) => new URL(page.url()).search;

async function answer(page: Page, label: string): Promise<void> {
  await panel(page).getByRole('radio', { name: label }).check();
  await panel(page).getByRole('button', { name: 'Next' }).click();
}

/** Tabs from the question to its first answer; the help between them may hold links. */
async function toFirstAnswer(page: Page): Promise<void> {
  const isAnswer = () => page.evaluate(() => document.activeElement?.matches('input[type="radio"]'));
  for (let i = 0; i < 5 && !(await isAnswer()); i++) await page.keyboard.press('Tab');
}

/** The address of a DPO result. */
const dpo = '?data=pairs&goal=policy&start=near&reference=copy';

test('by keyboard alone from the first question to a result', async ({ page }) => {
  await page.goto('/choose/');
  await expect(question(page)).toHaveText('What do you have to learn from?');
  await panel(page).getByRole('radio').first().focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown'); // pairs
  await page.keyboard.press('Enter');
  // The focus is on what comes next: who reads by ear hears it.
  await expect(question(page)).toHaveText('What shall come out of the training?');
  await expect(question(page)).toBeFocused();
  await expect(trail(page)).toHaveCount(1);
  for (const next of [
    'How near is your model to the answers in the pairs?',
    'Can you afford a reference model?',
  ]) {
    await toFirstAnswer(page);
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await expect(question(page)).toHaveText(next);
    await expect(question(page)).toBeFocused();
  }
  await toFirstAnswer(page);
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  const heading = result(page).getByRole('heading', { name: 'DPO' });
  await expect(heading).toBeFocused();
  await expect(page).toHaveTitle(/^DPO · /);
  expect(query(page)).toBe(dpo);
  await expect(panel(page).locator('form')).toBeHidden();
  for (const part of ['Runner-up', 'Mind', 'When not', 'First step', 'Pages', 'Memory'])
    await expect(result(page).getByRole('term').filter({ hasText: part })).toBeVisible();
  await result(page).getByRole('link', { name: 'When not to use DPO' }).click();
  await expect(page).toHaveURL(/\/trainers\/dpo\/#when-not$/);
  await expect(page.locator('#when-not')).toBeInViewport();
});

test('without an answer there is no next question', async ({ page }) => {
  await page.goto('/choose/');
  await panel(page).getByRole('button', { name: 'Next' }).click();
  await expect(question(page)).toHaveText('What do you have to learn from?');
  expect(query(page)).toBe('');
});

test('a link brings the answers and the result to somebody else', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(`/choose/${dpo}`);
  await expect(trail(page)).toHaveCount(4);
  await expect(trail(page).first()).toContainText('For one prompt a better and a worse answer');
  await expect(result(page).getByRole('heading', { name: 'DPO' })).toBeVisible();
  await expect(result(page)).not.toBeFocused();
  await panel(page).getByRole('button', { name: 'Copy link' }).click();
  await expect(panel(page).getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
});

test('Back takes an answer back, Forward gives it again', async ({ page }) => {
  await page.goto('/choose/');
  await answer(page, 'Prompts, and a stronger model');
  await answer(page, 'Its answers');
  await expect(result(page).getByRole('heading', { name: 'SFT' })).toBeVisible();
  await page.goBack();
  await expect(question(page)).toHaveText('What can you get from the stronger model?');
  await expect(question(page)).toBeFocused();
  await expect(panel(page).getByRole('radio', { name: 'Its answers' })).toBeChecked();
  await page.goBack();
  await expect(question(page)).toHaveText('What do you have to learn from?');
  await expect(trail(page)).toHaveCount(0);
  await page.goForward();
  await page.goForward();
  await expect(result(page).getByRole('heading', { name: 'SFT' })).toBeVisible();
});

test('an earlier answer can be changed, and all of them taken back', async ({ page }) => {
  await page.goto(`/choose/${dpo}`);
  await panel(page)
    .getByRole('button', {
      name: 'Change the answer to: How near is your model to the answers in the pairs?',
    })
    .click();
  await expect(question(page)).toBeFocused();
  await expect(panel(page).getByRole('radio', { checked: true })).toHaveCount(1);
  await expect(trail(page)).toHaveCount(2);
  await answer(page, 'It is a base model that never saw such prompts');
  await answer(page, 'One');
  await expect(result(page).getByRole('heading', { name: 'ORPO' })).toBeVisible();
  await expect(result(page)).toContainText('ORPO is experimental in TRL');
  await panel(page).getByRole('button', { name: 'Start again' }).click();
  await expect(question(page)).toHaveText('What do you have to learn from?');
  await expect(panel(page).getByRole('radio', { checked: true })).toHaveCount(0);
  expect(query(page)).toBe('');
});

test('what a link has that no question asks for is left out, and said', async ({ page }) => {
  await page.goto('/choose/?data=pairs&goal=gold&from=mail');
  await expect(question(page)).toHaveText('What shall come out of the training?');
  await expect(panel(page).getByRole('status')).toContainText('goal=gold, from=mail');
  await answer(page, 'A score for new answers');
  await expect(result(page).getByRole('heading', { name: 'Reward' })).toBeVisible();
  await expect(panel(page).getByRole('status')).toBeEmpty();
  expect(query(page)).toBe('?data=pairs&goal=score');
});

test('an answer’s note stands with the result, and the answers stay when the estimator opens', async ({
  page,
}) => {
  await page.goto('/choose/?data=checker&budget=one-gpu&success=sometimes&truth=no&memory.gpus=1');
  await expect(result(page).getByRole('term').filter({ hasText: 'From your answers' })).toBeVisible();
  await expect(result(page)).toContainText('GRPOConfig.vllm_gpu_memory_utilization');
  await result(page).getByRole('term').filter({ hasText: 'Memory' }).locator('+ dd a').click();
  await expect(page).toHaveURL(/&memory\.gpus=1&memory\.trainer=grpo#memory$/);
  await expect(page.getByRole('combobox', { name: 'Trainer', exact: true })).toHaveValue('grpo');
  await expect(result(page).getByRole('heading', { name: 'GRPO' })).toBeVisible();
});

test('a link to an anchor of the page leaves the answers and the focus alone', async ({ page }) => {
  await page.goto(`/choose/${dpo}`);
  await page.evaluate(() => {
    location.hash = '#never';
  });
  await expect(page.locator('#never')).toBeInViewport();
  await expect(result(page).getByRole('heading', { name: 'DPO' })).not.toBeFocused();
});

test('a trainer that is not documented here says where to read on', async ({ page }) => {
  await page.goto('/choose/?data=reward-model&sampling=many-gpus&use=order');
  await expect(result(page)).toContainText('Online DPO is not documented here yet');
  await expect(result(page).getByRole('link', { name: 'TRL’s documentation' })).toHaveAttribute(
    'href',
    'https://huggingface.co/docs/trl/v1.16.0/en/online_dpo_trainer',
  );
  // The estimator would open at another trainer.
  await expect(result(page)).toContainText('Online DPO holds 2 models: policy, reference.');
  await expect(result(page).locator('a[data-memory]')).toHaveCount(0);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing on a result in ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto(`/choose/${dpo}&stale=1`);
    await expect(result(page)).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  });
}

for (const width of [360, 390]) {
  test(`at ${width} px a result does not scroll sideways`, async ({ page }) => {
    await page.setViewportSize({ width, height: 740 });
    await page.goto('/choose/?data=checker&budget=one-gpu&success=sometimes&truth=no');
    await expect(result(page)).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });
}

test('on paper what is folded is open', async ({ page }) => {
  await page.goto('/choose/');
  await page.emulateMedia({ media: 'print' });
  await expect(panel(page)).toBeHidden();
  await expect(page.locator('#take-dpo .chosen-facts')).toBeVisible();
  const height = await page
    .locator('#take-dpo .chosen-facts')
    .evaluate((facts) => facts.getBoundingClientRect().height);
  expect(height).toBeGreaterThan(50);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('all questions stand as nested lists, without a form that does nothing', async ({ page }) => {
    await page.goto('/choose/');
    await expect(panel(page)).toBeHidden();
    const first = page.locator('#ask-data');
    await expect(first.locator('.ask').first()).toBeVisible();
    // pairs > policy > near > copy > DPO
    const nested = first.locator(
      '[data-answer="pairs"] [data-answer="policy"] [data-answer="near"] [data-answer="copy"]',
    );
    await expect(nested.getByText('Take DPO')).toBeVisible();
    await nested.locator('summary').click();
    await expect(nested.getByText('Runner-up', { exact: true })).toBeVisible();
    for (const label of await page.locator('.answer').all()) await expect(label).toBeVisible();
    await page.getByRole('link', { name: 'How often does the model get it right now?' }).click();
    await expect(page.locator('#ask-success')).toBeInViewport();
  });
});

test('who asks the search which trainer to use finds the chooser', async ({ page }) => {
  await page.goto('/search/?q=which%20trainer%20should%20I%20use');
  const first = page.getByRole('main').getByRole('option').first();
  await expect(first).toHaveAttribute('href', '/choose/');
});

test('home, catalogue, guide and the page for lost readers lead to it', async ({ page, complaints }) => {
  complaints.expect(/404: .*\/nowhere\/|Failed to load resource/);
  for (const path of ['/', '/trainers/', '/guides/choosing-a-trainer/', '/nowhere/']) {
    await page.goto(path);
    await expect(page.getByRole('main').locator('a[href="/choose/"]').first()).toBeVisible();
    await expect(page.getByRole('banner').getByRole('link', { name: 'Choose' })).toBeVisible();
  }
});
