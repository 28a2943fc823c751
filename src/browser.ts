import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { MissingProgram } from './errors/missing-program.ts';

/** The names that Chromium goes by on the path, in order of preference. */
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** So that it runs as root and in containers, and asks nothing of the network by itself. */
export const browserFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/**
 * The path of a Chromium: CHROMIUM_PATH, or the first one on the path, or the one that Playwright installed.
 * @param env - where CHROMIUM_PATH and PATH are read
 * @param playwrightsOwn - where Playwright would have put its browser
 * @throws {MissingProgram} when there is none
 */
export function findBrowser(env: NodeJS.ProcessEnv = process.env, playwrightsOwn?: string): string {
  const given = env.CHROMIUM_PATH;
  if (given) {
    if (isProgram(given)) return given;
    throw new MissingProgram(
      `expected CHROMIUM_PATH to name a program, found ${JSON.stringify(given)}, which is none`,
      'set it to the path of Chromium, or leave it out',
    );
  }
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const onPath = names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram);
  if (onPath) return onPath;
  if (playwrightsOwn && existsSync(playwrightsOwn)) return playwrightsOwn;
  throw new MissingProgram(
    `expected a Chromium for the browser tests, found none (looked for ${names.join(', ')} on PATH)`,
    'install one (Debian: `sudo apt-get install chromium`; elsewhere: `npx playwright install --with-deps chromium`), or set CHROMIUM_PATH',
  );
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
