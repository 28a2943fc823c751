import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { bundleCommand } from '../../src/bundle/command.ts';
import { dist } from './pages.ts';
import { walk } from './walk.ts';

const python = process.env.PYTHON ?? 'python3';

test('the bundle, unpacked and served by Python, is the whole way through the site', async ({
  page,
}, testInfo) => {
  const zip = testInfo.outputPath('site.zip');
  const terminal = { out: () => {}, error: (text: string) => expect(text).toBe(''), color: false };
  const lock = testInfo.outputPath('lock');
  expect(await bundleCommand(['--out', zip], terminal, { dir: dist, lock })).toBe(0);

  // Python's own unzip: not the library that packed it.
  const unpacked = testInfo.outputPath('unpacked');
  expect(spawnSync(python, ['-m', 'zipfile', '-e', zip, unpacked]).status).toBe(0);
  const [folder = '', ...more] = await readdir(unpacked);
  expect([folder, more]).toEqual([expect.stringMatching(/^annotated-trainers-trl-[\d.]+-[0-9a-f]{8}$/), []]);

  const server = spawn(
    python,
    ['-u', '-m', 'http.server', '0', '--bind', '127.0.0.1', '--directory', join(unpacked, folder)],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  try {
    const [line]: unknown[] = await once(server.stdout, 'data');
    const url = `http://localhost:${/port (\d+)/.exec(String(line))?.[1]}/`;
    expect(await (await page.request.get(`${url}README.txt`)).text()).toContain('python3 -m http.server');
    await walk(page, url, testInfo);
  } finally {
    const ended = once(server, 'exit');
    server.kill();
    await ended;
  }
});
