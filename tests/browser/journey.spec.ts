import { readFile } from 'node:fs/promises';
import { test as base, expect } from './fixtures.ts';
import { siteUrl as builtFor, plainHost } from './plain-host.ts';

/** The whole way through the site, on a file server that knows no rewrites, at the root and below a path. */
for (const basePath of ['/', '/a/b/']) {
  const test = base.extend<object, { siteUrl: string }>({
    siteUrl: [
      // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures' names off the pattern
      async ({}, use) => {
        const host = await plainHost(basePath);
        await use(host.url);
        await host.close();
      },
      { scope: 'worker', timeout: 240_000 },
    ],
  });

  const origin = basePath === '/' ? 'https://annotated-trainers.example' : builtFor;

  test.describe(`below ${basePath}`, () => {
    test.describe.configure({ mode: 'default' }); // in one worker: one build
    test('from home by search to a page, along its path, to the script and its notebook', async ({
      page,
      siteUrl,
    }, testInfo) => {
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
    });

    test('explorer, preview, chooser, catalogue and Markdown of a page', async ({ page, siteUrl }) => {
      await page.goto(`${siteUrl}guides/dpo-loss/`);
      await page.locator('.prose a.term').first().hover();
      await expect(page.locator('.preview')).toContainText('Glossary term');
      await page.mouse.move(2, 2);

      await page.locator('explorer-preference-losses').scrollIntoViewIfNeeded();
      await page.waitForFunction(() => customElements.get('explorer-preference-losses') !== undefined);
      await page
        .getByRole('form', { name: /^Explorer: Preference losses/ })
        .getByRole('slider')
        .first()
        .press('End');
      await expect(page).toHaveURL((url) => url.search !== '');

      const twin = await page.request.get(`${siteUrl}guides/dpo-loss/index.md`);
      const links = [...(await twin.text()).matchAll(/\]\((https:\/\/[^)\s]*)\)/g)].map(
        ([, link = '']) => link,
      );
      expect(links.length).toBeGreaterThan(10);
      for (const link of new Set(links)) {
        if (!link.startsWith(origin)) continue;
        expect(link.startsWith(`${origin}${basePath}`), link).toBe(true);
        expect((await page.request.get(link.replace(`${origin}${basePath}`, siteUrl))).status(), link).toBe(
          200,
        );
      }

      await page.goto(`${siteUrl}choose/`);
      await page.getByRole('radio').first().check();
      await page.getByRole('main').getByRole('button', { name: 'Next' }).click();
      await expect(page).toHaveURL(/\?data=demonstrations$/);
      await page.goto(`${siteUrl}trainers/?compare=dpo,orpo`);
      await expect(page.getByRole('main')).toContainText('ORPO');
    });

    test('what machines read names the place that the site was built for', async ({ page, siteUrl }) => {
      await page.goto(`${siteUrl}guides/dpo-loss/`);
      await expect(page.locator('link[rel="canonical"]')).toHaveAttribute(
        'href',
        `${origin}${basePath}guides/dpo-loss/`,
      );
      const sitemap = await (await page.request.get(`${siteUrl}sitemap-0.xml`)).text();
      const places = [...sitemap.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, place = '']) => place);
      expect(places.length).toBeGreaterThan(40);
      for (const place of places) {
        expect(place.startsWith(`${origin}${basePath}`), place).toBe(true);
        const here = place.replace(`${origin}${basePath}`, siteUrl);
        expect((await page.request.get(here)).status(), place).toBe(200);
      }
    });

    test('the card, feed and llms.txt lead to files that are there', async ({ page, siteUrl }) => {
      await page.goto(`${siteUrl}trainers/dpo/`);
      const card = await page.locator('meta[property="og:image"]').getAttribute('content');
      const data = await page.locator('script[type="application/ld+json"]').textContent();
      const feed = await page.locator('link[type="application/rss+xml"]').getAttribute('href');
      expect(feed).toBe(`${new URL(siteUrl).pathname}rss.xml`);
      const read = async (name: string) => (await page.request.get(`${siteUrl}${name}`)).text();
      const whole = [
        ...`${data} ${await read('rss.xml')} ${await read('llms.txt')}`.matchAll(/https:\/\/[^\s"<)]+/g),
      ];
      const places = [card ?? '', ...whole.map(([place]) => place)].filter((place) =>
        place.startsWith(origin),
      );
      expect(places.length).toBeGreaterThan(60);
      for (const place of new Set(places)) {
        expect(place.startsWith(`${origin}${basePath}`), place).toBe(true);
        const here = place.replace(`${origin}${basePath}`, siteUrl);
        expect((await page.request.get(here)).status(), place).toBe(200);
      }
    });

    test('the page for what is not there works at any depth', async ({ page, siteUrl, complaints }) => {
      complaints.expect(/404/);
      // Hosts answer any address with this file: its links and its style must not depend on where it is.
      const html = await (await page.request.get(`${siteUrl}404.html`)).text();
      await page.route('**/no/such/page/', (route) =>
        route.fulfill({ status: 404, contentType: 'text/html', body: html }),
      );
      await page.goto(`${siteUrl}no/such/page/`);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('No page has this address');
      expect(await page.evaluate(() => getComputedStyle(document.body).fontFamily)).toContain('Source Serif');
      await page.getByRole('main').getByRole('link', { name: 'Search' }).click();
      await expect(page).toHaveURL(`${siteUrl}search/`);
    });
  });
}
