import { expect, test } from 'vitest';
import type { FileList } from '../../../src/offline/file-list.ts';
import {
  actions,
  markText,
  type OfflineState,
  refusalText,
  stateText,
} from '../../../src/offline/wording.ts';

const list: FileList = {
  build: '3f9a2c1d00000000',
  base: '/',
  files: Array.from({ length: 2104 }, (_, n) => ({ path: `${n}`, digest: '0', bytes: 7000 })),
};
const kept = { build: '3f9a2c1d00000000', at: '2026-11-25T14:02:31.000Z', files: 2104, bytes: 14_728_000 };
const said = (state: OfflineState) => stateText(state, 'UTC');

test('before anything is fetched, it says how much', () => {
  expect(said({ name: 'nothing', list, left: 0 })).toBe(
    'Nothing is kept. The whole site is 2,104 files and 14.7 MB on this device; the network carries less where the host compresses.',
  );
  expect(actions({ name: 'nothing', list, left: 0 })).toEqual(['keep']);
});

test('what a try left that was stopped is said, and can be deleted', () => {
  const state: OfflineState = { name: 'nothing', list, left: 300 };
  expect(said(state)).toMatch(/^The site is not kept yet; an earlier try left 300 files here/);
  expect(actions(state)).toEqual(['keep', 'delete']);
});

test('while it fetches, how far it is', () => {
  const state: OfflineState = { name: 'keeping', list, done: { files: 1052, bytes: 7_364_000 } };
  expect(said(state)).toBe('1,052 of 2,104 files, 7.4 MB of 14.7 MB. Leave this page open until it is done.');
  expect(actions(state)).toEqual(['stop']);
});

test('what is kept has its build and its time, and says how sure it is', () => {
  const state: OfflineState = { name: 'kept', kept, lasting: true, published: { name: 'same' } };
  expect(said(state)).toBe(
    'The whole site is kept on this device: 2,104 files, 14.7 MB, build 3f9a2c1d, since 25 November 2026 at 14:02. ' +
      'The browser has agreed not to delete it by itself. It is what is published now.',
  );
  expect(actions(state)).toEqual(['delete']);
  expect(said({ ...state, lasting: false, published: { name: 'unknown' } })).toMatch(
    /The browser may delete it when space is short.* cannot be told without a network\.$/,
  );
});

test('a newer build is offered with what it costs', () => {
  const newer: OfflineState = {
    name: 'kept',
    kept,
    lasting: true,
    published: {
      name: 'newer',
      list: { ...list, build: '9abc0000ff' },
      changed: { files: 31, bytes: 412_000 },
    },
  };
  expect(said(newer)).toMatch(
    /A newer build is published, 9abc0000: updating fetches 31 of its 2,104 files, 0\.4 MB\.$/,
  );
  expect(actions(newer)).toEqual(['update', 'delete']);
});

test.each<[OfflineState, RegExp]>([
  [{ name: 'unsupported', why: 'insecure' }, /only from https:\/\/ or from localhost/],
  [{ name: 'unsupported', why: 'browser' }, /no service workers/],
  [{ name: 'forbidden' }, /lets the site store nothing/],
  [{ name: 'unreachable' }, /there is no network, or the host does not answer/],
])('where nothing can be kept, it says why and offers nothing', (state, text) => {
  expect(said(state)).toMatch(text);
  expect(actions(state)).toEqual([]);
});

test('a refusal names the file at which it ended, and what to do', () => {
  expect(refusalText('network', 'trainers/dpo/index.html')).toBe(
    'Not kept yet: the network ended at trainers/dpo/index.html. What was fetched stays, and is not fetched again when you go on.',
  );
  expect(refusalText('full')).toMatch(/no room left.*deleted again\. Free some space/);
});

test('the footer says since when the site is kept, and when something newer is there', () => {
  const state: OfflineState = { name: 'kept', kept, lasting: true, published: { name: 'same' } };
  const changed = { files: 1, bytes: 1 };
  expect(markText(state, 'UTC')).toBe('Kept for reading offline on 25 November 2026');
  expect(markText({ ...state, published: { name: 'newer', list, changed } })).toMatch(
    /a newer build is published$/,
  );
  expect(markText({ name: 'nothing', list, left: 0 })).toBeUndefined();
});
