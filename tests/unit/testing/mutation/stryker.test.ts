import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);

test('npm run mutation changes a real file, and the tests notice', async () => {
  // Without what this vitest says of itself: Stryker starts a vitest of its own.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST')));
  const { stdout } = await run(
    process.execPath,
    ['scripts/mutation.ts', 'src/trl/documentation-link.ts', '--survivors'],
    { env, timeout: 180_000 },
  );
  expect(stdout).toMatch(/^module .*\ntrl {5}.* 100\.0 %\n$/);
}, 200_000);
