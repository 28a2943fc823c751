import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Astro ended with an error; `output` is what it said. */
export class AstroError extends Error {
  readonly output: string;
  /** `code 1`, or the signal that ended it. */
  readonly ending: string;

  constructor(ending: string, output: string) {
    super(`astro build ended with ${ending}`);
    this.name = 'AstroError';
    this.output = output;
    this.ending = ending;
  }
}

const endWithParent = new URL('./end-with-parent.ts', import.meta.url).href;

/** Path of Astro's command line, for `process.execPath` to run. */
export function astroCommand(): string {
  const manifest = createRequire(import.meta.url).resolve('astro/package.json');
  return join(dirname(manifest), 'bin/astro.mjs');
}

/** What Astro itself puts into `import.meta.env`; a variable of the environment would take its place. */
const reserved = ['ASSETS_PREFIX', 'BASE_URL', 'DEV', 'MODE', 'PROD', 'SITE', 'SSR'];

/** The environment for Astro. */
export function astroEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  own: Readonly<Record<string, string>>,
): Record<string, string | undefined> {
  const inherited = Object.fromEntries(Object.entries(env).filter(([name]) => !reserved.includes(name)));
  return { ...inherited, ...own, ASTRO_TELEMETRY_DISABLED: '1' };
}

/**
 * Renders the site with Astro in a process of its own, which ends when this one does.
 *
 * @param limitMs it is killed after this long
 * @throws AstroError with Astro's output
 */
export async function astroBuild(
  env: Record<string, string>,
  verbose: boolean,
  limitMs?: number,
): Promise<void> {
  const child = spawn(process.execPath, ['--import', endWithParent, astroCommand(), 'build'], {
    env: astroEnvironment(process.env, env),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    ...(limitMs === undefined ? {} : { timeout: limitMs, killSignal: 'SIGKILL' }),
  });
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      said.push(chunk);
      if (verbose) process.stderr.write(chunk);
    });
  }
  const ending = await new Promise<string>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(signal ?? `code ${code}`));
  });
  if (ending !== 'code 0') throw new AstroError(ending, Buffer.concat(said).toString('utf8'));
}
