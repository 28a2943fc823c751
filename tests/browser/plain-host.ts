import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { buildInto } from '../../src/build/build-site.ts';
import { buildOptions } from '../../src/build/options.ts';
import { whenFree } from '../../src/build/when-free.ts';
import { dist } from './pages.ts';

/** Where the copies of the site are made for. */
export const siteUrl = 'https://tutorials.example';

/** A copy of the site on a host of its own. */
export interface PlainHost {
  /** Address of the home page, with a slash at the end. */
  url: string;
  /** Stops it and takes the copy away; again, it does nothing. */
  close(): Promise<void>;
}

/**
 * The site below a base path, served by Python's file server: it knows no rewrites, no error page and no
 * types but those of the endings.
 *
 * @param base with slashes at both ends; `/` serves what is in dist/, any other is built first (20 s)
 */
export async function plainHost(base: string): Promise<PlainHost> {
  const root = await mkdtemp(join(tmpdir(), 'plain-host-'));
  const folder = resolve(join(root, base));
  if (base === '/') await cp(dist, folder, { recursive: true });
  else {
    await mkdir(dirname(folder), { recursive: true });
    const options = buildOptions([], { ...process.env, BASE_PATH: base, SITE_URL: siteUrl });
    await whenFree(() => buildInto(folder, options, () => {}));
  }
  const python = spawn(
    process.env.PYTHON ?? 'python3',
    ['-u', '-m', 'http.server', '0', '--bind', '127.0.0.1', '--directory', root],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const ended = once(python, 'exit');
  const port = await Promise.race([
    once(python.stdout, 'data').then(([line]: unknown[]) => /port (\d+)/.exec(String(line))?.[1]),
    ended.then(() => undefined),
  ]);
  if (!port) throw new Error("expected Python's file server to say its port, found it ended");
  return {
    url: `http://127.0.0.1:${port}${base}`,
    async close() {
      python.kill();
      await ended;
      await rm(root, { recursive: true, force: true });
    },
  };
}
