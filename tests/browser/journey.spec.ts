import { test as base, expect } from './fixtures.ts';
import { keepSite } from './offline-host.ts';
import { siteUrl as builtFor, type PlainHost, plainHost } from './plain-host.ts';
import { walk } from './walk.ts';

/** The whole way through the site, on a file server that knows no rewrites, at the root and below a path. */
for (const basePath of ['/', '/a/b/']) {
  const test = base.extend<object, { host: PlainHost; siteUrl: string }>({
    host: [
      // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures' names off the pattern
      async ({}, use) => {
        const host = await plainHost(basePath);
        await use(host);
        await host.close();
      },
      { scope: 'worker', timeout: 240_000 },
    ],
    siteUrl: [async ({ host }, use) => use(host.url), { scope: 'worker' }],
  });

  const origin = basePath === '/' ? 'https://annotated-trainers.example' : builtFor;

  test.describe(`below ${basePath}`, () => {
    test.describe.configure({ mode: 'default' }); // in one worker: one build
    test('from home by search to a page, along its path, to the script and its notebook', async ({
      page,
      siteUrl,
    }, testInfo) => walk(page, siteUrl, testInfo));

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

    // Last: it stops the host. At the root, offline.spec.ts does all this and more.
    if (basePath !== '/') {
      test('kept, the whole way is there when the host is gone', async ({
        page,
        siteUrl,
        host,
        complaints,
      }, testInfo) => {
        test.setTimeout(240_000);
        complaints.expect(/ERR_CONNECTION_REFUSED|ERR_FAILED/);
        await keepSite(page, siteUrl);
        await host.close();
        await walk(page, siteUrl, testInfo);
      });
    }
  });
}
