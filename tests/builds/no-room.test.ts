import { spawnSync } from 'node:child_process';
import { readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Checkout, digests, makeCheckout } from './checkout.ts';

let checkout: Checkout;
let good: Record<string, string>;
beforeAll(async () => {
  checkout = await makeCheckout();
  expect(await checkout.start().ended).toMatchObject({ code: 0 });
  good = await digests(join(checkout.dir, 'dist'));
}, 300_000);
afterAll(() => checkout.remove());

/** What a build says that found no room, without the lines of progress. */
const refusal = (found: string, cure: string) => `\
.build:1:1  disk-full  expected to write the site to .build/, found that ${found}
  ${cure}

1 error in 1 file
cause, example and cure: npm run check -- --explain disk-full

Nothing was built; dist/ is as before.
`;

/** In a shell: `"$0" "$@"` is the build. */
const fileLimits = [1, 60].map((blocks) => ({
  name: `no file may grow past ${blocks} blocks of 512 bytes`,
  shell: `ulimit -f ${blocks} && exec "$0" "$@"`,
  says: refusal(
    'a file would be larger than this process may write',
    'raise the limit: `ulimit -f unlimited`',
  ),
}));

/** A full disk of its own under the folder for builds; only where this machine lets a test mount one. */
const mounts = spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'none', tmpdir()]).status === 0;
const fullDisks = [0, 600].map((kilobytes) => ({
  name: `the disk has ${kilobytes} kB left`,
  shell: `exec unshare -rm sh -c 'mount -t tmpfs -o size=${Math.max(kilobytes, 4)}k none .build &&
    { test ${kilobytes} -gt 0 || cat /dev/zero > .build/ballast 2>/dev/null; } ; exec "$0" "$@"' "$0" "$@"`,
  says: refusal(
    'the disk is full',
    'Free some space on the disk that holds the checkout (`df -h .`), and build again.',
  ),
}));

async function refused({ shell, says }: { shell: string; says: string }): Promise<void> {
  await rm(join(checkout.dir, '.cache'), { recursive: true, force: true });
  const { code, said } = await checkout.start({ shell, args: ['--force'] }).ended;
  expect({ code, said: said.replace(/^ +\d+\.\d s .*\n/gm, '') }).toEqual({ code: 1, said: says });
  expect(await digests(join(checkout.dir, 'dist'))).toEqual(good);
}

test.each(fileLimits)('$name: a named error, and dist/ as before', refused);

describe.skipIf(!mounts)(
  'a disk of its own (skipped where a user may not mount one: `unshare -rm mount`)',
  () => {
    test.each(fullDisks)('$name: a named error, and dist/ as before', refused);
  },
);

test('the build after it works, and nothing is left of the failed ones', async () => {
  expect(await checkout.start().ended).toMatchObject({ code: 0 });
  expect(await digests(join(checkout.dir, 'dist'))).toEqual(good);
  // Where a build runs for CI, it also leaves its report of page weights.
  const left = await readdir(join(checkout.dir, '.build'));
  expect(left.filter((name) => !/^(?:lock\.\d+|reports|last-build\.json)$/.test(name))).toEqual([]);
});
