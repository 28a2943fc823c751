import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PortTakenError, serve } from '../../../src/serve/server.ts';
import { answer } from '../../../src/serve/static-files.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'serve-'));
  await mkdir(join(dir, 'guides'));
  await mkdir(join(dir, '_astro'));
  await writeFile(join(dir, 'index.html'), 'home');
  await writeFile(join(dir, 'guides/index.html'), 'guides');
  await writeFile(join(dir, '404.html'), 'lost');
  await writeFile(join(dir, '_astro/a.js'), 'a');
  await writeFile(join(tmpdir(), 'outside.txt'), 'secret');
});
afterAll(async () => {
  await rm(dir, { recursive: true });
  await rm(join(tmpdir(), 'outside.txt'));
});

test.each([
  ['/base/', 200, 'home', 'index.html'],
  ['/base/guides/?q=1', 200, 'guides', 'guides/index.html'],
  ['/base/none/', 404, 'lost', '404.html'],
  ['/other/', 404, 'lost', '404.html'],
  ['/base/..%2foutside.txt', 404, 'lost', '404.html'],
  ['/base/%E0%A4', 404, 'lost', '404.html'],
])('%s is answered with %i', async (path, status, body, file) => {
  const found = await answer(dir, '/base/', path);
  expect({ ...found, body: 'body' in found ? Buffer.from(found.body).toString() : undefined }).toEqual({
    status,
    body,
    file,
    type: 'text/html; charset=utf-8',
    immutable: false,
  });
});

test('a page without its slash, and the base without its slash, are sent on', async () => {
  expect(await answer(dir, '/base/', '/base/guides?q=1')).toEqual({
    status: 308,
    location: '/base/guides/?q=1',
  });
  expect(await answer(dir, '/base/', '/base')).toEqual({ status: 308, location: '/base/' });
});

test('a bundled file may be kept for ever', async () => {
  expect(await answer(dir, '/', '/_astro/a.js')).toMatchObject({
    type: 'text/javascript; charset=utf-8',
    immutable: true,
  });
});

test('over HTTP: text is compressed, and a second server on the port says so', async () => {
  const { server, url } = await serve(dir, '/base/', 0);
  try {
    const response = await fetch(url);
    expect([response.status, response.headers.get('content-encoding'), await response.text()]).toEqual([
      200,
      'gzip',
      'home',
    ]);
    const { port } = new URL(url);
    const refused = await serve(dir, '/base/', Number(port)).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(PortTakenError);
    expect(refused).toMatchObject({
      message: `expected port ${port} to be free, found another program on it\n  Stop it, or choose another: PORT=${Number(port) + 1} npm start`,
    });
  } finally {
    server.close();
  }
});
