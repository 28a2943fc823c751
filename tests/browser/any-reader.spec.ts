import type { Page } from '@playwright/test';
import { installContrast } from './contrast.ts';
import { expect, test } from './fixtures.ts';
import { kindsOfPage } from './pages.ts';
import {
  cutOff,
  faintCode,
  lostFocus,
  lostInForcedColours,
  moving,
  tooWide,
  wrongScrollers,
} from './reader-checks.ts';
import { smallTargets } from './small-targets.ts';

/** What axe does not see. A page of each kind is loaded once, and looked at in every way. */

test.use({ reducedMotion: 'reduce', viewport: { width: 1280, height: 800 } });

for (const path of kindsOfPage) {
  test(`a page like ${path} serves any reader`, async ({ page }) => {
    test.slow();
    await page.addInitScript(installContrast);
    await page.goto(path);
    await page.waitForLoadState('networkidle');
    const soft = (what: string, found: unknown[]) => expect.soft(found, what).toEqual([]);

    soft('moves although less motion is asked for', await page.evaluate(moving));
    soft('formulas that are not spoken', await silentFormulas(page));
    soft('code too faint', await page.evaluate(faintCode));
    soft('focus lost, hidden or too faint', await tour(page, 60));
    soft('scrolls out of reach of the keyboard, or stops it in vain', await page.evaluate(wrongScrollers));

    await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
    soft('lost in forced colours', await page.evaluate(lostInForcedColours));
    await page.emulateMedia({ forcedColors: 'none', colorScheme: 'light' });

    await page.setViewportSize({ width: 390, height: 844 });
    await settled(page);
    soft('targets below 24 px', await page.evaluate(smallTargets));

    // 1280 px at 200 %, then at 400 %: to a page, zoom is a narrower window.
    await openFolded(page);
    for (const width of [640, 320]) {
      await page.setViewportSize({ width, height: 1280 / 2 });
      await settled(page);
      soft(`wider than the window at ${width} px`, await page.evaluate(tooWide));
      soft(`cut off at ${width} px`, await page.evaluate(cutOff));
      soft(`scrollers without a name at ${width} px`, await page.evaluate(wrongScrollers));
    }
    await page.evaluate(spaceText);
    await settled(page);
    soft('wider than the window with spaced text', await page.evaluate(tooWide));
    soft('cut off with spaced text', await page.evaluate(cutOff));
  });
}

/** Formulas without MathML in the page, or without it in what the browser tells a screen reader. */
async function silentFormulas(page: Page): Promise<string[]> {
  const shown = await page.evaluate(() => {
    const formulas = [...document.querySelectorAll('.katex')];
    const silent = formulas.filter((formula) => !formula.querySelector('math')?.textContent?.trim());
    const twice = formulas.filter(
      (formula) => formula.querySelector('.katex-html')?.getAttribute('aria-hidden') !== 'true',
    );
    const visible = [...document.querySelectorAll('math')].filter((each) => each.checkVisibility());
    return {
      wrong: [...silent, ...twice].map(({ outerHTML }) => outerHTML.slice(0, 140)),
      count: visible.length,
    };
  });
  if (shown.count === 0) return shown.wrong;
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  const spoken = nodes.filter(({ role, ignored }) => !ignored && role?.value === 'MathMLMath').length;
  if (spoken >= shown.count) return shown.wrong;
  return [...shown.wrong, `${shown.count} formulas are shown, ${spoken} are in the accessibility tree`];
}

/** Presses Tab and says what is wrong at each stop. */
async function tour(page: Page, stops: number): Promise<string[]> {
  const wrong: string[] = [];
  for (let stop = 0; stop < stops; stop += 1) {
    await page.keyboard.press('Tab');
    const said = await page.evaluate(lostFocus);
    if (said === 'end') break;
    if (said) wrong.push(said);
  }
  return wrong;
}

/** Two frames on: observers of sizes have said what they saw, and it is drawn. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.evaluate(async () => {
    await document.fonts.ready;
    for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
  });
}

async function openFolded(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
  });
}

/** @see https://www.w3.org/TR/WCAG22/#text-spacing */
function spaceText(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }',
  );
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
