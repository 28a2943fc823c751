import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { withoutEngines } from '../../src/lock-file.ts';

test('engines go, everything else stays as it stands', () => {
  const lock = (engines: object) =>
    `${JSON.stringify(
      {
        name: 'site',
        lockfileVersion: 3,
        packages: {
          '': { name: 'site', ...engines },
          'node_modules/binding': { version: '1.0.0', ...engines, optional: true, os: ['linux'] },
        },
      },
      null,
      2,
    )}\n`;
  expect(withoutEngines(lock({ engines: { node: '>=22' } }))).toBe(lock({}));
});

test('what is no lock file is refused', () => {
  expect(() => withoutEngines('{}')).toThrow('packages');
});

test('package-lock.json installs under any Node; when not, run `npm run lock`', () => {
  const text = readFileSync('package-lock.json', 'utf8');
  expect(text).toBe(withoutEngines(text));
});
