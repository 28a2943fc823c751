/* Over 250 lines: one short test for each thing that an explorer must show. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

/** What each explorer beside the curves must show: numbers that a reader can work out by hand. */
const form = (page: Page, title: string) =>
  page.getByRole('form', { name: `Explorer: ${title}`, exact: true });

async function open(page: Page, path: string, name: string): Promise<void> {
  await page.goto(path);
  await page.locator(`explorer-${name}`).scrollIntoViewIfNeeded();
  await page.waitForFunction((tag) => customElements.get(tag) !== undefined, `explorer-${name}`);
}

test.describe('advantages', () => {
  const path = '/guides/rloo-estimator/';
  const title = 'Advantages of a group';
  const readings = (page: Page) => page.locator('explorer-advantages [data-part="readings"]');
  const told = (page: Page) => form(page, title).locator('[data-part="told"]');

  test('a reward is edited by keyboard, and every method answers', async ({ page }) => {
    await open(page, path, 'advantages');
    const reward = form(page, title).getByRole('group', { name: 'Rewards of prompt 1' }).getByLabel('r₁');
    await reward.focus();
    await reward.fill('3');
    // The mean of the other three, 0, 0 and 1, is a third; the group's mean is 1.
    await expect(told(page)).toContainText('Prompt 1, answer 1, reward 3');
    await expect(told(page)).toContainText('Dr. GRPO, scale_rewards="none" +2.0000; RLOO +2.6667');
    await expect(page).toHaveURL(/adv\.first=3(%2C|,)0/);
    await page.reload();
    await page.locator('explorer-advantages').scrollIntoViewIfNeeded();
    await expect(
      form(page, title).getByRole('group', { name: 'Rewards of prompt 1' }).getByLabel('r₁'),
    ).toHaveValue('3');
  });

  test('all equal silences every method that compares, and G = 2 forgets the difference', async ({
    page,
  }) => {
    await open(page, path, 'advantages');
    await form(page, title).getByRole('button', { name: 'All equal' }).click();
    await expect(readings(page)).toContainText('Dr. GRPO and RLOO give 0: no gradient');
    await expect(readings(page)).toContainText('PPO with a value gives +0.4000 and −0.3000');
    await form(page, title).getByRole('button', { name: 'G = 2' }).click();
    await expect(form(page, title).getByRole('spinbutton')).toHaveCount(6);
    await expect(readings(page)).toContainText('a difference of 0.1 becomes ±0.7061');
  });

  test('an empty field keeps the last good reward, and says so', async ({ page }) => {
    await open(page, path, 'advantages');
    const reward = form(page, title).getByRole('group', { name: 'Rewards of prompt 2' }).getByLabel('r₁');
    await reward.fill('');
    await expect(form(page, title).locator('[data-said]')).toContainText(
      'Expected a number from -100 to 100',
    );
    await reward.blur();
    await expect(reward).toHaveValue('9');
  });
});

test.describe('GAE', () => {
  const path = '/guides/ppo-objective/';
  const title = 'Generalised advantage estimation';
  const told = (page: Page) => form(page, title).locator('[data-part="told"]');

  test('λ = 0 is the TD error, λ = 1 Monte Carlo minus the value', async ({ page }) => {
    await open(page, path, 'gae');
    await form(page, title).getByRole('button', { name: 'λ = 0' }).click();
    // 0 + 0.3 - 0.2
    await expect(told(page)).toHaveText(
      'Token 0: reward 0.0000, value 0.2000, δ 0.1000, advantage 0.1000, return 0.3000',
    );
    await form(page, title).getByRole('button', { name: 'λ = 1' }).click();
    // 1 - 0.2
    await expect(told(page)).toContainText('advantage 0.8000, return 1.0000');
    await expect(page).toHaveURL(/gae\.lam=1/);
  });

  test('a value is edited, and the advantage of its token follows', async ({ page }) => {
    await open(page, path, 'gae');
    await form(page, title).getByRole('button', { name: 'λ = 0' }).click();
    await form(page, title)
      .getByRole('group', { name: 'Values before each token' })
      .getByRole('spinbutton')
      .nth(1)
      .fill('0.9');
    // δ₁ = V₂ - V₁ = 0.2 - 0.9
    await expect(told(page)).toContainText('Token 1: reward 0.0000, value 0.9000, δ −0.7000');
    await form(page, title).getByRole('button', { name: 'Perfect critic' }).click();
    await expect(page.locator('explorer-gae [data-part="readings"]')).toContainText('The critic is perfect');
  });
});

test.describe('masks', () => {
  const path = '/guides/supervised-fine-tuning/';
  const title = 'Masks and packing';
  const samples = (page: Page) => page.locator('explorer-masks [data-part="samples"]');

  test('typed turns become tokens, and assistant_only_loss masks the others', async ({ page }) => {
    await open(page, path, 'masks');
    await form(page, title).getByRole('textbox').fill('user: hi\nassistant: yes');
    await expect(samples(page)).toContainText('sample 1: 12 tokens, 11 labels asked for');
    await form(page, title).getByRole('checkbox', { name: 'assistant_only_loss' }).check();
    await expect(samples(page)).toContainText('sample 1: 12 tokens');
    await expect(samples(page)).not.toContainText('11 labels asked for');
    await expect(page).toHaveURL(/mask\.assistant=1/);
    await page.reload();
    await page.locator('explorer-masks').scrollIntoViewIfNeeded();
    await expect(form(page, title).getByRole('textbox')).toHaveValue('user: hi\nassistant: yes');
  });

  test('hostile text is text, in the page and in the address', async ({ page }) => {
    const hostile =
      'user: <img src=x onerror=alert(1)> 100% &amp; \u{1F600}\nassistant: "><script>x</script>';
    await open(page, path, 'masks');
    await form(page, title).getByRole('textbox').fill(hostile);
    await expect(samples(page)).toContainText('onerror');
    expect(await page.locator('explorer-masks img, explorer-masks script').count()).toBe(0);
    await expect(page).toHaveURL(/mask\.text=/);
    await page.reload();
    await page.locator('explorer-masks').scrollIntoViewIfNeeded();
    await expect(form(page, title).getByRole('textbox')).toHaveValue(hostile);
  });

  test('what cannot stand in an address, or is no address, does nothing', async ({ page }) => {
    let dialogs = 0;
    page.on('dialog', (dialog) => {
      dialogs++;
      void dialog.dismiss();
    });
    const broken = '%zz &mask.packing=<b> \uD800 \u202E';
    await open(page, path, 'masks');
    await form(page, title)
      .getByRole('textbox')
      .evaluate((box, text) => {
        if (!(box instanceof HTMLTextAreaElement)) return;
        box.value = text;
        box.dispatchEvent(new Event('input', { bubbles: true }));
      }, broken);
    // The override of the direction is shown by its code, half a character as the sign for that.
    await expect(samples(page)).toContainText('U+202E');
    await expect(page).toHaveURL(/mask\.text=/);
    await page.reload();
    await page.locator('explorer-masks').scrollIntoViewIfNeeded();
    await expect(form(page, title).getByRole('textbox')).toHaveValue(broken.replace('\uD800', '\uFFFD'));
    await expect(form(page, title).getByRole('combobox', { name: 'packing' })).toHaveValue('off');

    await open(page, `${path}?mask.text=%zz%3Cimg%20src=x%20onerror=alert(1)%3E&mask.max=1e9`, 'masks');
    await expect(samples(page)).toContainText('onerror');
    await expect(form(page, title).getByRole('slider')).toHaveValue('40');
    expect(await page.locator('explorer-masks img').count()).toBe(0);
    expect(dialogs).toBe(0);
  });

  test('the keyboard alone types, chooses, cuts and resets', async ({ page }) => {
    await open(page, path, 'masks');
    const notes = page.locator('explorer-masks [data-part="notes"]');
    const max = form(page, title).getByRole('slider', { name: /max_length/ });
    await form(page, title).getByRole('textbox').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await expect(form(page, title).getByRole('combobox', { name: 'data set of' })).toHaveValue('completion');
    await expect(notes).toContainText('so it counts as True');
    await page.keyboard.press('Tab');
    await page.keyboard.press('End');
    await expect(notes).toContainText('Sample 2: the prompt alone ends in ·is');
    await max.focus();
    await page.keyboard.press('Home');
    await expect(max).toHaveAttribute('aria-valuetext', '4');
    await expect(notes).toContainText('keeps the first 4 tokens');
    await form(page, title).getByRole('button', { name: 'Reset' }).focus();
    await page.keyboard.press('Enter');
    await expect(max).toHaveValue('40');
    await expect(notes).toContainText('so it counts as False');
    await expect(page).not.toHaveURL(/mask\./);
  });

  test('settings that do not apply are not offered', async ({ page }) => {
    await open(page, path, 'masks');
    const join = form(page, title).getByRole('combobox', { name: /between prompt/ });
    await expect(join).toBeDisabled();
    await form(page, title).getByRole('combobox', { name: 'data set of' }).selectOption('completion');
    await expect(join).toBeEnabled();
    await form(page, title).getByRole('checkbox', { name: 'max_length=None' }).check();
    await expect(form(page, title).getByRole('slider')).toBeDisabled();
    await form(page, title).getByRole('combobox', { name: 'packing' }).selectOption('bfd');
    await expect(page.locator('explorer-masks [data-part="notes"]')).toContainText('is a ValueError');
  });

  for (const query of [
    'mask.assistant=1&mask.packing=wrapped&mask.max=24',
    'mask.data=completion&mask.join=nothing&mask.max=12&mask.shifted=1',
  ]) {
    test(`axe finds nothing with everything unfolded, nor does 360 px scroll: ${query}`, async ({ page }) => {
      await page.setViewportSize({ width: 360, height: 740 });
      await open(page, `${path}?${query}`, 'masks');
      for (const summary of await page.locator('explorer-masks summary').all()) await summary.click();
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        const { violations } = await new AxeBuilder({ page }).include('explorer-masks').analyze();
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
      }
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    });
  }

  test('wrapped rows cut a sample in two', async ({ page }) => {
    await open(page, path, 'masks');
    const row = page.locator('explorer-masks').getByRole('row', { name: /^wrapped/ });
    await expect(row.getByRole('cell').nth(5)).not.toHaveText('0');
    await form(page, title).getByRole('combobox', { name: 'packing' }).selectOption('bfd');
    await expect(page).toHaveURL(/mask\.packing=bfd/);
  });
});

test.describe('KTO and the KL', () => {
  test('at the reference point a wanted answer is worth a half', async ({ page }) => {
    await open(page, '/guides/kto-loss/?kto.z0=0&kto.logRatio=0', 'kto-value');
    const row = page.locator('explorer-kto-value').getByRole('row', { name: /^wanted/ });
    await expect(row.getByRole('cell')).toHaveText(['0.00', '0.5000', '0.5000', '0.0250']);
  });

  test('the keyboard moves the log-ratio, and its slider says what it is worth', async ({ page }) => {
    await open(page, '/guides/kto-loss/', 'kto-value');
    const slider = form(page, 'KTO’s value of an answer').getByRole('slider', { name: /log-ratio/ });
    await slider.press('Home');
    const row = page.locator('explorer-kto-value').getByRole('row', { name: /^wanted/ });
    await expect(row.getByRole('cell')).toHaveText(['−8.00', '0.0003', '0.9997', '0.0000']);
    await expect(slider).toHaveAttribute('aria-valuetext', '−60 nats: wanted 0.000335, unwanted 1');
    await expect(page).toHaveURL(/kto\.logRatio=-60/);
  });

  test('the draw, the tokens and the cursor are kept in the address', async ({ page }) => {
    const title = 'Estimators of a KL';
    await open(page, '/guides/ppo-objective/', 'kl-estimators');
    const drawn = page
      .locator('explorer-kl-estimators [data-part="quality"]')
      .getByRole('row', { name: /k1/ });
    await expect(drawn.getByRole('cell').last()).toHaveText(/\d/);
    const before = await drawn.getByRole('cell').last().textContent();
    await form(page, title).getByRole('button', { name: 'Draw again' }).press('Enter');
    await expect(drawn.getByRole('cell').last()).not.toHaveText(before ?? '');
    await form(page, title)
      .getByRole('slider', { name: /tokens averaged/ })
      .press('End');
    await expect(page.locator('explorer-kl-estimators')).toContainText('Mean of 10000 tokens');
    await expect(page).toHaveURL(/kl\.samples=10000/);
    await expect(page).toHaveURL(/kl\.seed=2/);
    const after = await drawn.getByRole('cell').last().textContent();
    await page.reload();
    await page.locator('explorer-kl-estimators').scrollIntoViewIfNeeded();
    await expect(drawn.getByRole('cell').last()).toHaveText(after ?? '');
  });

  test('a pointer on the axis of log-ratios takes the token that is nearest', async ({ page }) => {
    await open(page, '/guides/ppo-objective/?kl.shift=1', 'kl-estimators');
    const token = form(page, 'Estimators of a KL').getByRole('slider', { name: /^token/ });
    const panel = page.locator('explorer-kl-estimators svg.panel').nth(1);
    await panel.hover();
    const box = await panel.boundingBox();
    if (!box) throw new Error('expected the panel to be visible');
    await page.mouse.click(box.x + box.width * 0.99, box.y + box.height / 2);
    await expect(token).toHaveValue('9');
    await page.mouse.click(box.x + box.width * 0.01, box.y + box.height / 2);
    await expect(token).toHaveValue('1');
  });

  test('policy and reference alike: every estimate is 0', async ({ page }) => {
    await open(page, '/guides/ppo-objective/?kl.shift=0&kl.width=2&kl.reference=2', 'kl-estimators');
    const quality = page.locator('explorer-kl-estimators [data-part="quality"]');
    await expect(quality).toContainText('KL(π ‖ π_ref) = 0.0000 nats');
    await expect(quality.getByRole('row', { name: /k3/ }).getByRole('cell').first()).toHaveText('0.0000');
  });
});
