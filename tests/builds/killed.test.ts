import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRandom } from '../../src/fuzz/random.ts';
import { type Checkout, digests, killGroup, makeCheckout, working } from './checkout.ts';

/** A few here; `KILLS=50 npx vitest run --project builds tests/builds/killed.test.ts` for many. */
const KILLS = Number(process.env.KILLS ?? 4);
/** Chooses the moments, one in each stretch of a build. Another each time; a failure names it. */
const KILL_SEED = Number(process.env.KILL_SEED ?? Date.now() % 1e9);

let checkout: Checkout;
let dist: string;
let guide: string;
beforeAll(async () => {
  checkout = await makeCheckout();
  dist = join(checkout.dir, 'dist');
  guide = join(checkout.dir, 'content/reference-guides/dpo-loss.mdx');
});
afterAll(() => checkout.remove());

async function build() {
  const started = performance.now();
  const ended = await checkout.start().ended;
  return { ...ended, ms: performance.now() - started };
}

test('a build that is killed at any moment leaves the last good site, or the whole new one', async () => {
  const original = await readFile(guide, 'utf8');
  const first = await build();
  expect(first).toMatchObject({ code: 0 });
  const before = await digests(dist);
  await writeFile(guide, original.replace('title:', 'title: New'));
  const { ms } = await build();
  const after = await digests(dist);
  expect(after).not.toEqual(before);

  const random = createRandom(KILL_SEED);
  let served = after;
  const left: string[] = [];
  for (let kill = 0; kill < KILLS; kill++) {
    // The other content each time, so that the new site differs from the one that is served.
    const isNew = kill % 2 === 0;
    await writeFile(guide, isNew ? original : original.replace('title:', 'title: New'));
    const next = isNew ? before : after;
    const running = checkout.start();
    const wait = ((kill + random.next()) / KILLS) * ms;
    await sleep(wait);
    killGroup(running);
    await running.ended;
    const found = await digests(dist);
    const moment = `killed after ${Math.round(wait)} of ${Math.round(ms)} ms, KILLS=${KILLS} KILL_SEED=${KILL_SEED}`;
    expect([served, next], moment).toContainEqual(found);
    served = found;
    left.push(...(await readdir(join(checkout.dir, '.build'))).filter((name) => /^\d/.test(name)));
  }
  expect(left.length, `no kill met a build at work, KILL_SEED=${KILL_SEED}`).toBeGreaterThan(0);

  const last = await build();
  expect(last).toMatchObject({ code: 0 });
  expect(await digests(dist)).toEqual(KILLS % 2 === 0 ? after : before);
  expect(
    (await readdir(join(checkout.dir, '.build'))).filter(
      (name) => !/^(?:lock\.\d+|reports|last-build\.json)$/.test(name),
    ),
  ).toEqual([]);
});

test('when the build alone is killed, what it started ends too', async () => {
  const running = checkout.start({ args: ['--force'] });
  const work = await working(checkout.dir, running);
  running.child.kill('SIGKILL');
  // Its output ends with the last process that holds it: the renderer's, which would have written the pages.
  await running.ended;
  expect(existsSync(join(work, 'index.html'))).toBe(false);
});
