import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import { DevServer } from './dev-server.ts';

/*
 * `npm run dev` in a browser: an error of the content covers the page, says the same as `npm run check`, and goes away
 * when the file is mended. One server for all, since starting it is what takes the time.
 */
test.describe.configure({ mode: 'serial', timeout: 180_000 });

/** What a busy machine may take to check and to render again. */
const patience = { timeout: 60_000 };

const guide = 'reference-guides/dpo-loss.mdx';
const registry = 'trainers/dpo.yaml';

let server: DevServer;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  // Two broken files: the server starts nevertheless.
  server = await DevServer.start({
    'reference-guides/bad.mdx': '---\ntitle: Bad: frontmatter\n---\n\nText.\n',
    'reference-guides/worse.mdx': 'no frontmatter\n',
  });
});
test.afterAll(async () => server?.stop());

const overlay = (page: Page) => page.locator('vite-error-overlay');
const shown = async (page: Page, ...texts: string[]) => {
  await expect(overlay(page)).toHaveCount(1, patience);
  for (const text of texts) await expect(overlay(page)).toContainText(text, patience);
};
const gone = async (page: Page) => {
  await expect(overlay(page)).toHaveCount(0, patience);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible(patience);
};

test('starts with broken content, shows all errors at once, and recovers', async ({ page }) => {
  await page.goto(`${server.url}/guides/dpo-loss/`);
  await shown(
    page,
    '2 errors in 2 files',
    'content/reference-guides/bad.mdx:2:8',
    'frontmatter-syntax',
    'put a value that holds ": " in quotes',
    'content/reference-guides/worse.mdx:1:1',
    'frontmatter-missing',
  );
  expect(server.said).toContain('content/reference-guides/bad.mdx:2:8  frontmatter-syntax');
  await rm(server.path('reference-guides/bad.mdx'));
  await rm(server.path('reference-guides/worse.mdx'));
  await gone(page);
});

test('a symbol that TRL does not have: line, caret, suggestion, cure; gone when mended', async ({ page }) => {
  const right = await readFile(server.path(guide), 'utf8');
  await page.goto(`${server.url}/guides/dpo-loss/`);
  await gone(page);
  await server.save(guide, `${right}\nThe field \`DPOConfig.betta\`.\n`);
  const line = right.split('\n').length + 1;
  await shown(
    page,
    `content/${guide}:${line}:11`,
    'symbol-unknown',
    `${line} | The field \`DPOConfig.betta\`.`,
    '^^^^^^^^^^^^^^^',
    'did you mean DPOConfig.beta?',
    'Use the name of the pinned release',
  );
  await server.save(guide, `${right}\nMended: \`DPOConfig.beta\`.\n`);
  await gone(page);
  await expect(page.getByText('Mended:')).toBeVisible(patience);
  await server.save(guide, right);
  await expect(page.getByText('Mended:')).toBeHidden(patience);
});

test('broken YAML of the registry covers every page, also one that is opened later', async ({
  page,
  context,
}) => {
  const right = await readFile(server.path(registry), 'utf8');
  await page.goto(`${server.url}/glossary/`);
  await server.save(registry, right.replace('slug: dpo', 'slug: [dpo'));
  await shown(page, `content/${registry}:`, 'yaml-syntax');
  const later = await context.newPage();
  await later.goto(`${server.url}/guides/dpo-loss/`);
  await shown(later, `content/${registry}:`, 'yaml-syntax');
  await server.save(registry, right);
  await gone(page);
  await gone(later);
});

test('a script and a distilled file: the code, the line and the cure; gone when both are mended', async ({
  page,
}) => {
  const [cells, regions] = ['example-scripts/dpo_training.py', 'distilled/dpo.py'];
  const script = await readFile(server.path(cells), 'utf8');
  const distilled = await readFile(server.path(regions), 'utf8');
  await page.goto(`${server.url}/examples/dpo-training/`);
  await gone(page);
  await server.save(cells, script.replace('beta=0.1', 'max_lenght=9'));
  await shown(
    page,
    `content/${cells}:22:38`,
    'argument-unknown',
    '22 | config = DPOConfig(output_dir="out", max_lenght=9)',
    'did you mean max_length?',
    'Use a field of the config',
  );
  await server.save(regions, distilled.replace('# endregion', '# end'));
  await shown(page, '2 errors in 2 files', `content/${regions}:6:`, 'region-syntax', 'with one # endregion');
  await server.save(regions, distilled);
  await expect(overlay(page)).not.toContainText('region-syntax', patience);
  await shown(page, '1 error in 1 file', 'argument-unknown');
  await server.save(cells, script);
  await gone(page);
});

test('MDX that does not parse: one overlay, which says what the check says', async ({ page }) => {
  const right = await readFile(server.path(guide), 'utf8');
  await page.goto(`${server.url}/guides/dpo-loss/`);
  await server.save(guide, `${right}\nAn open <b tag.\n`);
  await shown(page, `content/${guide}:`, 'mdx-syntax', 'Close the tag or brace at the caret');
  // Below it the page stays as it was.
  const response = await page.reload();
  expect(response?.status()).toBe(200);
  await expect(page.locator('main h1')).toHaveCount(1);
  await shown(page, `content/${guide}:`, 'mdx-syntax', 'Close the tag or brace at the caret');
  await server.save(guide, `${right}\nAnother open <i tag.\n`);
  await shown(page, `content/${guide}:`, 'Another open <i tag.', 'mdx-syntax');
  await server.save(guide, right);
  await gone(page);
});

test('a file that is new, renamed or deleted, and a quick series of saves', async ({ page }) => {
  const right = await readFile(server.path(guide), 'utf8');
  await page.goto(`${server.url}/guides/dpo-loss/`);
  await gone(page);
  await writeFile(server.path('reference-guides/new-page.mdx'), right.replace('[dpo]', '[dpoo]'));
  await shown(page, 'content/reference-guides/new-page.mdx:', 'trainer-unknown', 'did you mean dpo?');
  await rename(server.path('reference-guides/new-page.mdx'), server.path('reference-guides/other.mdx'));
  await shown(page, 'content/reference-guides/other.mdx:');
  await expect(overlay(page)).not.toContainText('new-page', patience);
  await rm(server.path('reference-guides/other.mdx'));
  await gone(page);
  for (let index = 0; index < 12; index += 1) {
    await server.save(guide, index % 2 === 0 ? `${right}\n\`DPOConfig.betta\`\n` : right);
  }
  await server.save(guide, `${right}\nThe last of them.\n`);
  await gone(page);
  await expect(page.getByText('The last of them.')).toBeVisible(patience);
  await server.save(guide, right);
});

test('a warning stays in the terminal', async ({ page }) => {
  const right = await readFile(server.path(guide), 'utf8');
  await page.goto(`${server.url}/guides/dpo-loss/`);
  const unchecked = right.replace('difficulty:', 'verified: false\ndifficulty:');
  await server.save(guide, `${unchecked}\nThe field \`DPOConfig.betta\`.\n`);
  await expect(page.getByText('DPOConfig.betta')).toBeVisible(patience);
  await expect.poll(() => server.said, patience).toContain('symbol-unknown  warning: ');
  await gone(page);
  await server.save(guide, right);
  expect(server.isRunning).toBe(true);
});
