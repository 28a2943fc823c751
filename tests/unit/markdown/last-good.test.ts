import { expect, test } from 'vitest';
import { lastGood } from '../../../src/markdown/last-good.ts';

const text = (html: string) => ({ parts: [html], headings: [], cited: [] });
const broken = () => Promise.reject(new Error('broken'));

test('while somebody writes, a broken text stays as it was, or shows as something else', async () => {
  const render = lastGood(true);
  expect(await render('a', broken, ['instead'])).toEqual(text('instead'));
  await render('a', async () => text('good'), []);
  expect(await render('a', broken, ['instead'])).toEqual(text('good'));
  expect(await render('b', broken, [])).toEqual({ parts: [], headings: [], cited: [] });
});

test('a build ends with the mistake', async () => {
  const render = lastGood(false);
  await render('a', async () => text('good'), []);
  await expect(render('a', broken, ['instead'])).rejects.toThrow('broken');
});
