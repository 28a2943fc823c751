import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Checkout, digests, makeCheckout } from './checkout.ts';

const surroundings = [
  { TZ: 'Pacific/Kiritimati', LANG: 'C', LC_ALL: 'C', mask: '022' },
  { TZ: 'America/Los_Angeles', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', mask: '077' },
];

test('two clean builds of one commit are the same, byte by byte, wherever and whenever they are made', async () => {
  const elsewhere = await mkdtemp(join(tmpdir(), 'Another path, with spaces-'));
  const checkouts: Checkout[] = [];
  try {
    for (const [index, { mask, ...env }] of surroundings.entries()) {
      const checkout = await makeCheckout(index === 0 ? tmpdir() : elsewhere, { commit: true });
      checkouts.push(checkout);
      const shell = `umask ${mask} && exec "$0" "$@"`;
      expect(await checkout.start({ env, shell, args: ['--precompress'] }).ended).toMatchObject({ code: 0 });
    }
    const [first = {}, second = {}] = await Promise.all(
      checkouts.map(({ dir }) => digests(join(dir, 'dist'))),
    );
    expect(Object.keys(first).length).toBeGreaterThan(50);
    expect(first['guides/dpo-loss/index.html']).toBeDefined();
    expect(second).toEqual(first);
  } finally {
    for (const checkout of checkouts) await checkout.remove();
    await rm(elsewhere, { recursive: true, force: true });
  }
});
