import { test as base, expect, type Page } from '@playwright/test';
import { control, keepSite, type OfflineHost, offlineHost } from './offline-host.ts';
import { annotated, guide } from './pages.ts';
import { walk } from './walk.ts';

/** Reading without a network, on a host that is really stopped. */
const test = base.extend<{ whole: boolean; host: OfflineHost }>({
  whole: [false, { option: true }],
  host: async ({ whole }, use) => {
    const host = await offlineHost({ whole });
    await use(host);
    await host.close();
  },
});

const registrations = (page: Page) =>
  page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length);
const cacheCount = (page: Page) => page.evaluate(async () => (await caches.keys()).length);

test.describe('the whole site', () => {
  test.use({ whole: true });
  test('kept, read without host: pages, search, path, script, explorer, preview, queries and what is not there', async ({
    page,
    host,
  }, testInfo) => {
    // Two thousand files go into the browser, on whatever machine.
    test.setTimeout(240_000);
    await page.goto(host.url);
    expect(await registrations(page)).toBe(0);
    await keepSite(page, host.url);
    expect(await registrations(page)).toBe(1);
    await host.stop();

    await page.reload();
    await expect(control(page)).toContainText('cannot be told without a network');
    await walk(page, host.url, testInfo);

    await page.goto(`${host.url}guides/dpo-loss/?from=here#top`);
    await page.locator('.prose a.term').first().hover();
    await expect(page.locator('.preview')).toContainText('Glossary term');
    await page.mouse.move(2, 2);
    await page.locator('explorer-preference-losses').scrollIntoViewIfNeeded();
    const explorer = page.getByRole('form', { name: /^Explorer: Preference losses/ });
    await explorer.getByRole('slider').first().press('End');
    await expect(page).toHaveURL((url) => url.searchParams.size > 1);

    await page.goto(`${host.url}trainers/dpo`);
    await expect(page).toHaveURL(`${host.url}trainers/dpo/`);
    const lost = await page.goto(`${host.url}no/such/page/`);
    expect(lost?.status()).toBe(404);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('No page has this address');
    // What is there but not kept is no page that does not exist: the browser says that there is no network.
    await expect(page.goto(`${host.url}llms-full.txt`)).rejects.toThrow(/ERR_/);
  });
});

test('with a network nobody reads an older copy, and an update takes over whole', async ({ page, host }) => {
  await keepSite(page, host.url);
  await page.goto(`${host.url}${guide.slice(1)}`);
  const title = await page.locator('h1').innerText();
  await host.publish(`${guide.slice(1)}index.html`, '</h1>', ' (second build)</h1>');
  await page.reload();
  await expect(page.locator('h1')).toContainText('(second build)');

  await host.stop();
  await page.reload();
  await expect(page.locator('h1')).toHaveText(title);

  await host.start();
  await page.goto(`${host.url}offline/`);
  await expect(control(page)).toContainText(/updating fetches 1 of its [\d,]+ files/);
  host.asked();
  await control(page).getByRole('button', { name: 'Update' }).click();
  await expect(control(page)).toContainText('It is what is published now.');
  const fetched = host.asked().filter((path) => !/offline-files\.json|sw\.js/.test(path));
  expect(fetched).toEqual([guide]);
  expect(await cacheCount(page)).toBe(1);

  await host.stop();
  await page.goto(`${host.url}${guide.slice(1)}`);
  await expect(page.locator('h1')).toContainText('(second build)');
});

test('a page and what it loads are of one build, when the network comes and when it goes', async ({
  page,
  host,
}) => {
  const words = () =>
    page.evaluate(() =>
      fetch('/search-words.json').then(
        (response) => response.text(),
        () => 'nothing',
      ),
    );
  await keepSite(page, host.url);
  const kept = await words();
  await host.publish('search-words.json', '{', ' {');
  expect(await words()).not.toBe(kept); // with a network, what is published

  await host.stop();
  await page.goto(`${host.url}${guide.slice(1)}`);
  await host.start();
  expect(await words()).toBe(kept); // the page is from the copy
  await page.reload();
  expect(await words()).not.toBe(kept); // now it is not
  await host.stop();
  expect(await words()).toBe(kept); // though it is the same page in both builds

  await host.start();
  await host.publish(`${guide.slice(1)}index.html`, '</h1>', ' (second build)</h1>');
  await page.reload();
  await expect(page.locator('h1')).toContainText('(second build)');
  await host.stop();
  expect(await words()).toBe('nothing'); // a page that the copy does not have
});

test('the footer of each page says since when the site is kept, and when something newer is there', async ({
  page,
  host,
}) => {
  await keepSite(page, host.url);
  const mark = page.getByRole('contentinfo').locator('[data-offline]');
  await page.goto(host.url);
  await mark.scrollIntoViewIfNeeded();
  await expect(mark).toHaveText(/^Kept for reading offline on \d+ \w+ \d{4}$/);
  await host.publish('index.html', '</h1>', ' (second build)</h1>');
  await page.reload();
  await mark.scrollIntoViewIfNeeded();
  await expect(mark).toHaveText('Kept for reading offline; a newer build is published');
});

test('an update that fails leaves the older copy whole; gone on with, it fetches the rest', async ({
  page,
  host,
}) => {
  await keepSite(page, host.url);
  await host.publish(`${annotated.slice(1)}index.html`, '</h1>', ' (second build)</h1>');
  await host.publish(`${guide.slice(1)}index.html`, '</h1>', ' (second build)</h1>');
  await page.reload();
  await expect(control(page)).toContainText('updating fetches 2 of its');
  // Files are fetched by path: the guide is there before this one fails.
  await page.route(`**${annotated}`, (route) => route.abort());
  await control(page).getByRole('button', { name: 'Update' }).click();
  await expect(control(page)).toContainText('the network ended at trainers/dpo/index.html');
  await expect(control(page)).toContainText('The whole site is kept on this device');

  await host.stop();
  await page.unrouteAll();
  await page.goto(`${host.url}${guide.slice(1)}`);
  await expect(page.locator('h1')).not.toContainText('(second build)');

  await host.start();
  await page.goto(`${host.url}offline/`);
  host.asked();
  await control(page).getByRole('button', { name: 'Update' }).click();
  await expect(control(page)).toContainText('It is what is published now.');
  const asked = host.asked();
  expect(asked).toContain(annotated);
  expect(asked).not.toContain(guide);
});

test('a file that is not what was built is not kept, and nothing is', async ({ page, host }) => {
  await host.spoil('search-words.json');
  await page.goto(`${host.url}offline/`);
  await control(page).getByRole('button', { name: 'Keep the site' }).click();
  await expect(control(page)).toContainText('other bytes than were built at search-words.json');
  await expect(control(page)).toContainText('The site is not kept yet');
  expect(await registrations(page)).toBe(0);
});

test('stopped, it keeps nothing until it goes on; deleted, nothing is left', async ({ page, host }) => {
  await page.goto(`${host.url}offline/`);
  await page.route('**/guides/**', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 500));
    await route.continue().catch(() => {});
  });
  await control(page).getByRole('button', { name: 'Keep the site' }).click();
  await expect(control(page)).toContainText(/[1-9][\d,]* of [\d,]+ files/);
  await control(page).getByRole('button', { name: 'Stop' }).click();
  await expect(control(page)).toContainText('What was fetched stays');
  await expect(control(page)).toContainText(/not kept yet; an earlier try left \d+ files/);
  await expect(control(page).getByRole('button', { name: 'Keep the site' })).toBeFocused();
  await page.unrouteAll({ behavior: 'ignoreErrors' });

  await control(page).getByRole('button', { name: 'Keep the site' }).click();
  await expect(control(page)).toContainText('The whole site is kept', { timeout: 150_000 });
  await control(page).getByRole('button', { name: 'Delete it' }).click();
  await expect(control(page)).toContainText('Nothing is kept.');
  expect([await registrations(page), await cacheCount(page)]).toEqual([0, 0]);
  await host.stop();
  await expect(page.reload()).rejects.toThrow(/ERR_CONNECTION_REFUSED/);
});

test('a full storage is said, and what was fetched is deleted again', async ({ page, host }) => {
  const { origin } = new URL(host.url);
  const session = await page.context().newCDPSession(page);
  await page.goto(`${host.url}offline/`);
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 2_000_000 });
  await control(page).getByRole('button', { name: 'Keep the site' }).click();
  await expect(control(page)).toContainText('no room left for this site');
  expect([await registrations(page), await cacheCount(page)]).toEqual([0, 0]);
});

test('where a browser keeps nothing, it says why and offers nothing', async ({ browser, host }) => {
  const refusals: [script: string, text: RegExp][] = [
    [
      "caches.keys = () => Promise.reject(new DOMException('', 'SecurityError'))",
      /lets the site store nothing/,
    ],
    ["Object.defineProperty(window, 'isSecureContext', { value: false })", /came over plain http/],
    ['delete Navigator.prototype.serviceWorker', /has no service workers/],
  ];
  for (const [script, text] of refusals) {
    const page = await browser.newPage();
    await page.addInitScript(script);
    await page.goto(`${host.url}offline/`);
    await expect(control(page)).toContainText(text);
    await expect(control(page).getByRole('button')).toHaveCount(0);
    await page.close();
  }
  const without = await browser.newContext({ javaScriptEnabled: false });
  const page = await without.newPage();
  await page.goto(`${host.url}offline/`);
  await expect(page.getByRole('main')).toContainText('Keeping the site needs JavaScript');
  await expect(control(page)).toBeHidden();
  await without.close();
});
