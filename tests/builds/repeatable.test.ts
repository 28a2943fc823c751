import { mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Checkout, digests, makeCheckout } from './checkout.ts';

const otherOrder = new URL('other-order.ts', import.meta.url).href;

/** Where and when the same commit is built. */
const surroundings: { env: Record<string, string>; mask: string }[] = [
  { env: { TZ: 'Pacific/Kiritimati', LANG: 'C', LC_ALL: 'C' }, mask: '022' },
  {
    env: {
      TZ: 'America/Los_Angeles',
      LANG: 'tr_TR.UTF-8',
      LC_ALL: 'tr_TR.UTF-8',
      NODE_OPTIONS: `--import ${otherOrder}`,
    },
    mask: '077',
  },
];

/** A file system in memory, which lists folders in another order than a disk, where there is room in one. */
async function otherDisk(): Promise<string> {
  const { bavail, bsize } = await statfs('/dev/shm').catch(() => ({ bavail: 0, bsize: 0 }));
  return bavail * bsize > 300e6 ? '/dev/shm' : tmpdir();
}

test('builds of one commit are the same, byte by byte, wherever and whenever they are made', async () => {
  const elsewhere = await mkdtemp(join(await otherDisk(), 'Another path, with spaces-'));
  const checkouts: Checkout[] = [];
  try {
    const built = await Promise.all(
      surroundings.map(async ({ mask, env }, index) => {
        const checkout = await makeCheckout(index === 0 ? tmpdir() : elsewhere, { commit: true });
        checkouts.push(checkout);
        const shell = `umask ${mask} && exec "$0" "$@"`;
        const build = () => checkout.start({ env, shell, args: ['--precompress', '--force'] }).ended;
        expect(await build()).toMatchObject({ code: 0 });
        const clean = await digests(join(checkout.dir, 'dist'));
        // Once more: with the caches of the first.
        if (index > 0) return { clean };
        expect(await build()).toMatchObject({ code: 0 });
        return { clean, again: await digests(join(checkout.dir, 'dist')) };
      }),
    );
    const [first, second] = built;
    expect(Object.keys(first?.clean ?? {}).length).toBeGreaterThan(50);
    expect(first?.clean['guides/dpo-loss/index.html']).toBeDefined();
    expect(second?.clean).toEqual(first?.clean);
    expect(first?.again).toEqual(first?.clean);
  } finally {
    for (const checkout of checkouts) await checkout.remove();
    await rm(elsewhere, { recursive: true, force: true });
  }
});
