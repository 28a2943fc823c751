import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Checkout, digests, killGroup, makeCheckout, working } from './checkout.ts';

let checkout: Checkout;
beforeAll(async () => {
  checkout = await makeCheckout();
});
afterAll(() => checkout.remove());

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
          `^expected no other build, found one running as process ${good[0]?.pid}, begun \\d+ s ago\n` +
            '  Wait for it to end\\. If that process is no build, remove \\.build/lock\\.\\d+\\.\n$',
        ),
      ),
    ),
  );
});

test('a build that is refused leaves the running one alone, and the lock of a killed one stops nobody', async () => {
  const served = await digests(join(checkout.dir, 'dist'));
  const force = { args: ['--force'] };
  const running = checkout.start(force);
  const work = await working(checkout.dir, running);
  expect(await checkout.start(force).ended).toMatchObject({ code: 1 });
  expect(existsSync(work)).toBe(true);
  expect(running.child.exitCode).toBe(null);
  killGroup(running);
  await running.ended;
  const codes = await Promise.all(
    Array.from({ length: 3 }, async () => (await checkout.start(force).ended).code),
  );
  expect(codes.sort()).toEqual([0, 1, 1]);
  expect(await digests(join(checkout.dir, 'dist'))).toEqual(served);
});
