import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, test } from 'vitest';
import { findBrowser } from '../../../src/browser.ts';

/** A folder with programs of these names. */
async function folderWith(...names: string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'browser-'));
  for (const name of names) await writeFile(join(folder, name), '#!/bin/sh\n', { mode: 0o755 });
  return folder;
}

test('Chromium is preferred to Chrome, wherever on the path it stands', async () => {
  const [chrome, chromium] = [await folderWith('google-chrome'), await folderWith('chromium')];
  expect(findBrowser({ PATH: [chrome, chromium].join(delimiter) })).toBe(join(chromium, 'chromium'));
  expect(findBrowser({ PATH: chrome })).toBe(join(chrome, 'google-chrome'));
});

test('CHROMIUM_PATH goes before the path, and must name a program', async () => {
  const folder = await folderWith('chromium', 'mine');
  const given = join(folder, 'mine');
  expect(findBrowser({ PATH: folder, CHROMIUM_PATH: given })).toBe(given);
  await writeFile(join(folder, 'notes.txt'), 'no program');
  for (const wrong of ['notes.txt', 'missing', '.']) {
    expect(() => findBrowser({ PATH: folder, CHROMIUM_PATH: join(folder, wrong) })).toThrow('CHROMIUM_PATH');
  }
});

test('the browser that Playwright installed is the last resort', async () => {
  const own = join(await folderWith('headless_shell'), 'headless_shell');
  expect(findBrowser({ PATH: '' }, own)).toBe(own);
});

test('without any, the message says what was looked for and what to install', async () => {
  const empty = await folderWith();
  expect(() => findBrowser({ PATH: empty }, join(empty, 'none'))).toThrow(
    /found none.*\n.*apt-get install chromium/,
  );
});
