import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Checkout, digests, killGroup, makeCheckout } from './checkout.ts';

let checkout: Checkout;
beforeAll(async () => {
  checkout = await makeCheckout();
});
afterAll(() => checkout.remove());

/** Waits until a build works in its own folder. */
async function working(pid: number | undefined): Promise<void> {
  while (!existsSync(join(checkout.dir, '.build', String(pid)))) await sleep(10);
}

test('of builds that start at once, one builds, and each other says which and ends', async () => {
  const builds = Array.from({ length: 4 }, () => checkout.start());
  const results = await Promise.all(
    builds.map(async (build) => ({ pid: build.child.pid, ...(await build.ended) })),
  );
  const good = results.filter(({ code }) => code === 0);
  expect(good.map(({ said }) => said.split('\n').at(-2))).toEqual([
    expect.stringMatching(/dist\/ holds \d+ pages/),
  ]);
  const refused = results.filter(({ code }) => code === 1).map(({ said }) => said);
  expect(refused).toEqual(
    Array.from({ length: 3 }, () =>
      expect.stringMatching(
        new RegExp(
          `^expected no other build, found one running as process ${good[0]?.pid}\n` +
            '  Wait for it to end\\. If that process is no build, remove \\.build/lock\\.\\d+\\.\n$',
        ),
      ),
    ),
  );
});

test('the lock of a killed build stops nobody, not even many that come at once', async () => {
  const killed = checkout.start();
  await working(killed.child.pid);
  killGroup(killed);
  await killed.ended;
  const codes = await Promise.all(Array.from({ length: 4 }, async () => (await checkout.start().ended).code));
  expect(codes.sort()).toEqual([0, 1, 1, 1]);
});

test('a build that is refused leaves the running one alone', async () => {
  const served = await digests(join(checkout.dir, 'dist'));
  const running = checkout.start();
  await working(running.child.pid);
  expect(await checkout.start().ended).toMatchObject({ code: 1 });
  expect(await running.ended).toMatchObject({ code: 0 });
  expect(await digests(join(checkout.dir, 'dist'))).toEqual(served);
});
