import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** What a build reads, besides its content. */
const generator = [
  'src',
  'public',
  'scripts/build.ts',
  'astro.config.mjs',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
];

/** A copy of the generator with caches and a dist/ of its own, so that a build in it touches nothing else. */
export interface ScratchCheckout {
  dir: string;
  remove(): Promise<void>;
}

/**
 * Copies the generator of the working directory. Packages are shared by a link.
 *
 * @param parent folder to make it in
 */
export async function scratchCheckout(parent: string): Promise<ScratchCheckout> {
  const dir = await mkdtemp(join(parent, 'checkout-'));
  for (const path of generator) {
    await mkdir(join(dir, path, '..'), { recursive: true });
    await cp(path, join(dir, path), { recursive: true });
  }
  await symlink(resolve('node_modules'), join(dir, 'node_modules'));
  return { dir, remove: () => rm(dir, { recursive: true, force: true }) };
}
