import { createRequire } from 'node:module';
import { browserFlags } from '../browser.ts';
import { runCommand } from '../testing/run-command.ts';
import { categories, type PageScores, readReport } from './report.ts';

/** Minutes after which a run is given up: a machine under load needs one. */
const limit = 3;

/**
 * Runs Lighthouse on an address, with the mobile preset and a fresh profile.
 *
 * @param chromium path of the browser
 * @param isHidden the page asks search engines to leave it out; that is no mistake then
 * @throws Error when Lighthouse fails
 */
export async function runLighthouse(url: string, chromium: string, isHidden: boolean): Promise<PageScores> {
  const cli = createRequire(import.meta.url).resolve('lighthouse/cli/index.js');
  const args = [
    cli,
    url,
    '--output=json',
    '--output-path=stdout',
    '--quiet',
    '--locale=en',
    '--no-enable-error-reporting',
    '--max-wait-for-load=90000',
    `--only-categories=${categories.join(',')}`,
    `--chrome-flags=${['--headless=new', ...browserFlags].join(' ')}`,
    ...(isHidden ? ['--skip-audits=is-crawlable'] : []),
  ];
  const said: string[] = [];
  const ending = await runCommand(process.execPath, args, {
    limit,
    env: { ...process.env, CHROME_PATH: chromium },
    write: (text) => said.push(text),
  });
  const output = said.join('');
  const start = output.indexOf('{\n');
  if (ending !== 0 || start < 0)
    throw new Error(
      `Lighthouse ended with ${ending} on ${url}: ${failure(output)}\n  Run it again, on a machine that does nothing else: it gives up when it misses the beginning of a page.`,
    );
  return readReport(output.slice(start));
}

/** What Lighthouse says went wrong, without its stack. */
function failure(output: string): string {
  const said = /"runtimeError": \{[^}]*?"message": ("(?:[^"\\]|\\.)*")/.exec(output)?.[1];
  return said === undefined ? output.slice(0, 500) : String(JSON.parse(said));
}
