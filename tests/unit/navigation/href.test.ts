import { expect, test } from 'vitest';
import { withBase } from '../../../src/navigation/href.ts';

test('prefixes the base once, with or without its slash', () => {
  expect(withBase('/trainers/dpo/#forward', '/docs')).toBe('/docs/trainers/dpo/#forward');
  expect(withBase('/trainers/dpo/#forward', '/docs/')).toBe('/docs/trainers/dpo/#forward');
  expect(withBase('/', '/docs')).toBe('/docs/');
  expect(withBase('/', '/')).toBe('/');
});

test('refuses a relative path, which would depend on the page it stands on', () => {
  expect(() => withBase('guides/', '/')).toThrow('begins with "/", found "guides/"');
});
