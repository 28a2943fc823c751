import { readFile } from 'node:fs/promises';
import { expect, type Page, type TestInfo } from '@playwright/test';

/** From the home page by search to a page, along its path, to the script and its notebook. */
export async function walk(page: Page, siteUrl: string, testInfo: TestInfo): Promise<void> {
  await page.goto(siteUrl);
  await page.keyboard.press('/');
  await page.keyboard.type('DPOConfig.beta');
  const result = page.getByRole('dialog', { name: 'Search' }).getByRole('option').first();
  await expect(result).toContainText('DPOConfig.beta');
  await result.click();
  await expect(page).toHaveURL(`${siteUrl}trainers/dpo/#DPOConfig.beta`);

  const strip = page.getByRole('navigation', { name: 'In learning paths' });
  await strip.getByRole('link', { name: 'DPO', exact: true }).click();
  await expect(page).toHaveURL(`${siteUrl}paths/dpo/#step-2`);
  await page.locator('[data-path-steps]').getByRole('link', { name: 'DPOTrainer, annotated' }).click();
  await strip.locator('[data-path="dpo"]').getByText('Next').locator('..').getByRole('link').click();
  await expect(page).toHaveURL(`${siteUrl}examples/dpo-training/?path=dpo`);

  for (const [name, begins] of [
    ['dpo_training.py', '# /// script'],
    ['dpo_training.ipynb', '{'],
  ] as const) {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('.run-box').getByRole('link', { name, exact: true }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(name);
    const file = testInfo.outputPath(name);
    await download.saveAs(file);
    expect((await readFile(file, 'utf8')).startsWith(begins)).toBe(true);
  }
}
