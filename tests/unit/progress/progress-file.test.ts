import { expect, test } from 'vitest';
import { markPage, noProgress, openPage, tickAnswer } from '../../../src/progress/progress.ts';
import { longestFile, parseProgress, progressFile } from '../../../src/progress/progress-file.ts';

const at = '2026-10-01T08:00:00.000Z';
const now = '2026-10-02T08:00:00.000Z';
const progress = tickAnswer(
  markPage(openPage(noProgress, 'trainers/sft', at, 'beginner'), 'trainers/sft', true, at),
  'beginner',
  'trainers/sft',
  true,
  at,
);
const changed = (change: object) => JSON.stringify({ ...progress, ...change });

test('what is written is read again, and written alike', () => {
  const text = progressFile(progress);
  expect(parseProgress(text, now)).toEqual({ progress });
  expect(JSON.parse(text)).toEqual({
    format: 'annotated-trainers/progress',
    version: 1,
    pages: { 'trainers/sft': { opened: at, read: { on: true, at } } },
    answered: { 'beginner:trainers/sft': { on: true, at } },
    last: { path: 'beginner', at },
  });
});

test('marks from the future are set to now', () => {
  const late = { on: true, at: '9999-12-31T00:00:00.000Z' };
  const parsed = parseProgress(changed({ pages: { glossary: { opened: late.at, read: late } } }), now);
  expect(parsed).toMatchObject({
    progress: { pages: { glossary: { opened: now, read: { on: true, at: now } } }, last: { at } },
  });
});

test.each([
  ['an empty file', '', 'no JSON'],
  ['half a file', progressFile(progress).slice(0, 80), 'no JSON'],
  ['a picture', '\u0089PNG\r\n', 'no JSON'],
  ['another JSON file', '{"name": "annotated-trainers"}', 'this is another'],
  ['a list', '[]', 'this is another'],
  ['null', 'null', 'this is another'],
  ['no pages', changed({ pages: undefined }), 'pages holds something else'],
  ['a page that is no reference', changed({ pages: { '../etc': {} } }), '../etc holds'],
  ['a mark with a text for a date', changed({ pages: { glossary: { opened: 'today' } } }), 'opened holds'],
  ['a date without milliseconds', changed({ last: { path: 'rl', at: '2026-10-01T08:00:00Z' } }), 'at holds'],
  ['an unknown key', changed({ script: '<script>' }), 'the unknown key script'],
  ['a check-point of nothing', changed({ answered: { sft: { on: true, at } } }), 'sft holds'],
  ['too much', `"${'x'.repeat(longestFile)}"`, 'at most 1,000,000 characters'],
])('%s is refused, with what was expected', (_, text, reason) => {
  const parsed = parseProgress(text, now);
  expect(parsed).toMatchObject({ newer: false });
  const refused = 'refused' in parsed ? parsed.refused : '';
  expect(refused).toMatch(/^Expected /);
  expect(refused).toContain(reason);
  expect(refused.length).toBeLessThan(320);
});

test('a version that this page does not know is refused as such', () => {
  expect(parseProgress(changed({ version: 2, pages: [] }), now)).toEqual({
    newer: true,
    refused: 'Expected progress of version 1, found version 2. Reload the page: a newer one may read it.',
  });
});

test('a key that would reach into every object is refused, and reaches into none', () => {
  const text =
    '{"format":"annotated-trainers/progress","version":1,"pages":{"__proto__":{"opened":"x"}},"answered":{}}';
  parseProgress(text, now);
  expect(Reflect.get({}, 'opened')).toBeUndefined();
});
