import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { withCauses } from '../build/command.ts';
import { LockedError, withLock } from '../build/lock.ts';
import type { Terminal } from '../errors/terminal.ts';
import { readBuiltSite } from './built-site.ts';
import { type BundleRequest, bundleRequest, bundleUsage } from './request.ts';
import { bundleName, siteZip } from './site-zip.ts';

/**
 * `npm run bundle`. Returns the exit code: 0 written, 1 refused or failed (nothing is written), 2 wrong arguments.
 *
 * @param dir the built site
 * @param lock of the builds that replace it
 */
export async function bundleCommand(
  args: readonly string[],
  terminal: Terminal,
  { dir = 'dist', lock = '.build/lock' } = {},
): Promise<number> {
  let request: BundleRequest;
  try {
    request = bundleRequest(args);
  } catch (error) {
    terminal.error(`${error instanceof Error ? error.message : error}\n\n${bundleUsage}`);
    return 2;
  }
  if (request.help) {
    terminal.out(bundleUsage);
    return 0;
  }
  try {
    // A build that ends meanwhile would leave half of one site and half of another in the zip.
    const { built, zip } = await withLock(lock, async () => {
      const built = readBuiltSite(dir);
      return { built, zip: siteZip(built) };
    });
    const out = request.out ?? `${bundleName(built)}.zip`;
    await writeWhole(out, zip);
    const size = (zip.length / 1e6).toFixed(1);
    terminal.out(`${out} holds build ${built.list.build.slice(0, 8)} of ${dir}, ${size} MB.\n`);
    return 0;
  } catch (error) {
    terminal.error(
      `${error instanceof LockedError ? error.message : withCauses(error)}\nNothing was written.\n`,
    );
    return 1;
  }
}

/** Writes a file so that it is there whole or as it was. */
async function writeWhole(out: string, content: Uint8Array): Promise<void> {
  const part = `${out}.${process.pid}.part`;
  try {
    await mkdir(dirname(out), { recursive: true });
    await writeFile(part, content);
    await rename(part, out);
  } catch (cause) {
    await rm(part, { force: true }).catch(() => {});
    throw new Error(`cannot write ${out}; it is as before`, { cause });
  }
}
