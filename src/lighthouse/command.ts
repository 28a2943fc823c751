import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { chromium } from '@playwright/test';
import { findBrowser } from '../browser.ts';
import { buildOptions } from '../build/options.ts';
import { readSite } from '../checks/dist/site-files.ts';
import { MissingProgram } from '../errors/missing-program.ts';
import type { Terminal } from '../errors/terminal.ts';
import { serve } from '../serve/server.ts';
import { type LighthouseRequest, lighthouseArguments, lighthouseUsage } from './arguments.ts';
import { type ChosenPage, heaviestPages, namedPages } from './choose-pages.ts';
import { isPerfect, middleRun, type PageScores } from './report.ts';
import { runLighthouse } from './run.ts';
import { type Measured, scoreTable } from './table.ts';

/** `npm run lighthouse`. Returns the exit code: 0 all scores are 100, 1 some are not, 2 wrong arguments. */
export async function lighthouseCommand(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  terminal: Terminal,
  dir = 'dist',
): Promise<number> {
  let request: LighthouseRequest;
  try {
    request = lighthouseArguments(args);
  } catch (error) {
    terminal.error(`${error instanceof Error ? error.message : error}\n\n${lighthouseUsage}`);
    return 2;
  }
  if (request.help) {
    terminal.out(lighthouseUsage);
    return 0;
  }
  if (!existsSync(`${dir}/index.html`)) {
    terminal.error(`expected a built site in ${dir}/, found none\n  cure: npm run build -- --precompress\n`);
    return 1;
  }
  let browser: string;
  try {
    browser = findBrowser(env, chromium.executablePath());
  } catch (error) {
    if (!(error instanceof MissingProgram)) throw error;
    terminal.error(`${error.message}\n`);
    return 1;
  }
  const site = readSite(dir);
  let pages: ChosenPage[];
  try {
    pages = request.pages.length > 0 ? namedPages(site, request.pages) : heaviestPages(site);
  } catch (error) {
    terminal.error(`${error instanceof Error ? error.message : error}\n`);
    return 2;
  }

  const { server, url } = await serve(dir, buildOptions([], env).base, 0);
  const measured: Measured[] = [];
  try {
    for (const [i, page] of pages.entries()) {
      terminal.progress?.(`${i + 1} of ${pages.length}: ${page.url}`);
      measured.push(await measure(url.replace(/\/$/, ''), page, browser));
    }
  } catch (error) {
    terminal.error(`${error instanceof Error ? error.message : error}\n`);
    return 1;
  } finally {
    terminal.progress?.('');
    server.close();
  }
  terminal.out(`${scoreTable(measured)}\n`);
  if (request.json !== undefined) await writeFile(request.json, `${JSON.stringify(measured, null, 2)}\n`);
  return measured.every(isPerfect) ? 0 : 1;
}

/** One run, or the middle one of three where the performance of the first is below 100. */
async function measure(host: string, page: ChosenPage, browser: string): Promise<Measured> {
  const runs: PageScores[] = [];
  do runs.push(await runLighthouse(host + page.url, browser, page.isHidden));
  while (runs.length < 3 && runs[0]?.scores.performance !== 100);
  return { page, runs: runs.length, ...middleRun(runs) };
}
