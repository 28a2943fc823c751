import { z } from 'zod';
import { expect, test } from './fixtures.ts';
import { kindsOfPage } from './pages.ts';

/** JSON-LD is a block of data, which no content security policy forbids; an inline script that runs, it does. */
for (const path of kindsOfPage) {
  test(`${path} keeps its content security policy with JSON-LD in it`, async ({ page }) => {
    const violations: string[] = [];
    await page.exposeFunction('report', (blocked: string) => violations.push(blocked));
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) =>
        Reflect.apply(Reflect.get(window, 'report'), undefined, [
          `${event.violatedDirective} ${event.blockedURI}`,
        ]),
      );
    });
    await page.goto(path);
    await page.waitForLoadState('networkidle');
    expect(violations).toEqual([]);
    for (const text of await page.locator('script[type="application/ld+json"]').allTextContents())
      z.object({ '@graph': z.array(z.looseObject({ '@type': z.string() })).min(1) }).parse(JSON.parse(text));
  });
}

test('the policy of a page refuses an inline script that is no data', async ({ page, complaints }) => {
  complaints.expect(/Content Security Policy|^policy: script-src-elem stops inline/);
  await page.goto('/');
  const refused = await page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        document.addEventListener('securitypolicyviolation', (event) => resolve(event.violatedDirective));
        document.head.append(Object.assign(document.createElement('script'), { textContent: '1' }));
      }),
  );
  expect(refused).toMatch(/^script-src/);
});
