import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { clearLeftovers } from '../../../src/build/leftovers.ts';
import { swapIn } from '../../../src/build/swap.ts';

let dir: string;
const at = (...path: string[]) => join(dir, ...path);

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'swap-'));
  await mkdir(at('dist'));
  await writeFile(at('dist/old.html'), 'old');
  await mkdir(at('built'));
  await writeFile(at('built/new.html'), 'new');
});
afterEach(() => rm(dir, { recursive: true }));

test('the new folder replaces the old one as a whole', async () => {
  await swapIn(at('built'), at('dist'), at('aside'));
  expect(await readdir(dir)).toEqual(['dist']);
  expect(await readdir(at('dist'))).toEqual(['new.html']);
});

test('the first build finds no old folder', async () => {
  await rm(at('dist'), { recursive: true });
  await swapIn(at('built'), at('dist'), at('aside'));
  expect(await readdir(at('dist'))).toEqual(['new.html']);
});

test('when the new folder cannot be moved, the old one stands as before', async () => {
  await expect(swapIn(at('missing'), at('dist'), at('aside'))).rejects.toThrow(`${at('dist')} is as before`);
  expect(await readFile(at('dist/old.html'), 'utf8')).toBe('old');
  expect((await readdir(dir)).sort()).toEqual(['built', 'dist']);
});

test('without an exchange, the old folder is renamed aside and the new one in', async () => {
  await swapIn(at('built'), at('dist'), at('aside'), () => false);
  expect(await readdir(dir)).toEqual(['dist']);
  expect(await readdir(at('dist'))).toEqual(['new.html']);
});

test('a killed build is cleared away; one killed between two renames gives its old site back', async () => {
  await mkdir(at('work'));
  await rename(at('dist'), at('work/17-old'));
  await rename(at('built'), at('work/17'));
  await clearLeftovers(at('work'), at('dist'));
  expect(await readdir(at('dist'))).toEqual(['old.html']);
  expect(await readdir(at('work'))).toEqual([]);
});

test('somebody who looks all the time always finds a site', async () => {
  const look = `
    const { statSync, writeSync } = require('node:fs');
    const seen = new Set();
    process.on('disconnect', () => { writeSync(1, JSON.stringify([...seen].sort())); process.exit(); });
    process.send('ready');
    (function again() {
      for (let i = 0; i < 500; i++) try { seen.add(statSync('dist').isDirectory()); } catch (error) { seen.add(error.code); }
      setImmediate(again);
    })();`;
  const watcher = spawn(process.execPath, ['-e', look], {
    cwd: dir,
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  await once(watcher, 'message');
  for (let swap = 0; swap < 20; swap++) {
    await mkdir(at('built'), { recursive: true });
    await writeFile(at('built', swap % 2 === 0 ? 'new.html' : 'old.html'), '');
    await swapIn(at('built'), at('dist'), at('aside'));
  }
  watcher.disconnect();
  const said: unknown[] = await once(watcher.stdout ?? watcher, 'data');
  expect(JSON.parse(String(said[0]))).toEqual([true]);
});
