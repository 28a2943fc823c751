import { expect, test } from 'vitest';
import { headersFile } from '../../../src/deploy/headers-file.ts';

test('below a base path the rules name it, since hosts match the whole path', () => {
  const paths = (base: string) => headersFile(base).match(/^\/.*$/gm);
  expect(paths('/')).toEqual(['/*', '/_astro/*']);
  expect(paths('/a/b/')).toEqual(['/a/b/*', '/a/b/_astro/*']);
});
