import { expect, test } from 'vitest';
import { markPage, noProgress, openPage, type Progress, pageState } from '../../../src/progress/progress.ts';
import { progressFile } from '../../../src/progress/progress-file.ts';
import { ProgressStore, storageKey } from '../../../src/progress/progress-store.ts';

/** A browser's storage, shared by tabs, that can be full or forbidden. */
class FakeStorage {
  readonly held = new Map<string, string>();
  full = false;
  getItem(key: string) {
    return this.held.get(key) ?? null;
  }
  setItem(key: string, value: string) {
    if (this.full) throw new DOMException('full', 'QuotaExceededError');
    this.held.set(key, value);
  }
  removeItem(key: string) {
    this.held.delete(key);
  }
}

/** A clock that goes on by a second with each look at it. */
function clock() {
  let seconds = 0;
  return () => new Date(Date.UTC(2026, 9, 1) + 1000 * seconds++).toISOString();
}
const now = clock();
const read = (page: string) => (progress: Progress, at: string) => markPage(progress, page, true, at);
const states = (store: ProgressStore, ...pages: string[]) =>
  pages.map((page) => pageState(store.progress, page));
const opened = (storage: FakeStorage) => new ProgressStore(() => storage, now);

test('what one page stores the next one reads', () => {
  const storage = new FakeStorage();
  opened(storage).change(read('trainers/sft'));
  expect(states(opened(storage), 'trainers/sft')).toEqual(['read']);
  expect([...storage.held.keys()]).toEqual([storageKey]);
});

test('a change keeps what another tab stored meanwhile, and tells the listeners', () => {
  const storage = new FakeStorage();
  const [one, two] = [opened(storage), opened(storage)];
  const seen: string[][] = [];
  two.subscribe(() => seen.push(states(two, 'trainers/sft', 'trainers/dpo')));
  one.change(read('trainers/sft'));
  two.change(read('trainers/dpo'));
  expect(states(opened(storage), 'trainers/sft', 'trainers/dpo')).toEqual(['read', 'read']);
  one.reload();
  expect(states(one, 'trainers/dpo')).toEqual(['read']);
  expect(seen).toEqual([
    ['unread', 'unread'],
    ['read', 'read'],
  ]);
});

test('what another tab deleted is forgotten here', () => {
  const storage = new FakeStorage();
  const [one, two] = [opened(storage), opened(storage)];
  one.change(read('trainers/sft'));
  two.reload();
  two.remove();
  one.reload({ forgotten: true });
  expect(states(one, 'trainers/sft')).toEqual(['unread']);
  expect(storage.held.size).toBe(0);
});

test('a full storage is said, and marks hold on the page until there is room', () => {
  const storage = new FakeStorage();
  const store = opened(storage);
  storage.full = true;
  store.change(read('trainers/sft'));
  expect([store.trouble, ...states(store, 'trainers/sft')]).toEqual(['full', 'read']);
  storage.full = false;
  store.change(read('trainers/dpo'));
  expect(store.trouble).toBeUndefined();
  expect(states(opened(storage), 'trainers/sft', 'trainers/dpo')).toEqual(['read', 'read']);
});

test('a forbidden storage is said, and marks hold on the page', () => {
  const store = new ProgressStore(() => {
    throw new DOMException('denied', 'SecurityError');
  }, now);
  store.change(read('trainers/sft'));
  store.change((progress, at) => openPage(progress, 'trainers/dpo', at));
  expect(store.trouble).toBe('forbidden');
  expect(states(store, 'trainers/sft', 'trainers/dpo')).toEqual(['read', 'opened']);
  store.remove();
  expect(states(store, 'trainers/sft')).toEqual(['unread']);
});

test.each([
  ['newer', JSON.stringify({ ...noProgress, version: 2 })],
  ['damaged', '{"pages": '],
])('%s progress is left as it is until the reader deletes it', (trouble, text) => {
  const storage = new FakeStorage();
  storage.held.set(storageKey, text);
  const store = opened(storage);
  store.change(read('trainers/sft'));
  expect([store.trouble, ...states(store, 'trainers/sft')]).toEqual([trouble, 'read']);
  expect(storage.held.get(storageKey)).toBe(text);
  store.remove();
  store.change(read('trainers/dpo'));
  expect(store.trouble).toBeUndefined();
  expect(storage.held.get(storageKey)).toBe(progressFile(store.progress));
  expect(states(store, 'trainers/sft', 'trainers/dpo')).toEqual(['unread', 'read']);
});
