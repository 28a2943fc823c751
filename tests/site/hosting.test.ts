import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { precompress } from '../../src/build/precompress.ts';
import {
  hashedCaching,
  otherCaching,
  pagePolicy,
  securityHeaders,
} from '../../src/deploy/security-headers.ts';

const dist = 'dist';

test('every page states the policy itself, for hosts that send no headers', async () => {
  const pages = (await readdir(dist, { recursive: true })).filter((name) => name.endsWith('.html'));
  expect(pages.length).toBeGreaterThan(40);
  const meta = `<meta http-equiv="content-security-policy" content="${pagePolicy}">`;
  for (const page of pages) {
    const html = (await readFile(join(dist, page), 'utf8')).replaceAll('&#39;', "'");
    expect([page, html.includes(meta)]).toEqual([page, true]);
  }
});

test('_headers says to Netlify and Cloudflare what the local server sends', async () => {
  const text = await readFile(join(dist, '_headers'), 'utf8');
  const [, all = '', hashed = ''] = /\/\*\n((?: {2}.+\n)+)\n\/_astro\/\*\n((?: {2}.+\n?)+)/.exec(text) ?? [];
  const parse = (block: string) =>
    Object.fromEntries(
      block
        .trimEnd()
        .split('\n')
        .map((line) => line.trim().split(/:\s(.*)/s, 2)),
    );
  expect(parse(all)).toEqual(securityHeaders);
  expect(parse(hashed)).toEqual({ 'Cache-Control': hashedCaching });
});

test('the Caddyfile has the same headers', async () => {
  const text = await readFile('scripts/hosting/Caddyfile', 'utf8');
  for (const [name, value] of Object.entries(securityHeaders)) expect(text).toContain(`${name} "${value}"`);
  expect(text).toContain(`@hashed Cache-Control "${hashedCaching}"`);
});

describe('nginx, with the configuration of scripts/hosting', () => {
  let folder: string;
  let url: string;
  let stop: () => Promise<void>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nginx-'));
    // Workers of a server that root starts run as nobody.
    await chmod(folder, 0o755);
    await mkdir(join(folder, 'logs'));
    await cp(dist, join(folder, 'site'), { recursive: true });
    await precompress(join(folder, 'site'));
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    const ours = (await readFile('scripts/hosting/nginx.conf', 'utf8'))
      .replace('listen 80;', `listen 127.0.0.1:${port};`)
      .replace('/var/www/site;', `${folder}/site;`);
    await writeFile(join(folder, 'nginx.conf'), wrapped(ours, folder));
    const nginx = spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', 'logs/error.log'], {
      env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` },
      stdio: 'inherit',
    });
    const ended = once(nginx, 'exit');
    stop = async () => {
      nginx.kill();
      await ended;
    };
    await answers(url);
  });

  afterAll(async () => {
    await stop();
    await rm(folder, { recursive: true });
  });

  const get = (path: string, encoding = 'identity') =>
    fetch(url + path, { headers: { 'accept-encoding': encoding }, redirect: 'manual' });

  test.each([
    ['/', 'text/html; charset=utf-8'],
    ['/trainers/dpo/', 'text/html; charset=utf-8'],
    ['/trainers/dpo/index.md', 'text/markdown; charset=utf-8'],
    ['/examples/dpo_training.py', 'text/x-python; charset=utf-8'],
    ['/examples/dpo_training.ipynb', 'application/x-ipynb+json'],
    ['/status.json', 'application/json; charset=utf-8'],
    ['/sitemap-index.xml', /xml/],
    ['/favicon.svg', 'image/svg+xml'],
    // Kept for long, these would keep readers at an old build.
    ['/sw.js', /javascript/],
    ['/offline-files.json', 'application/json; charset=utf-8'],
  ])('%s is there, with every security header', async (path, type) => {
    const answer = await get(path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(type);
    expect(answer.headers.get('cache-control')).toBe(otherCaching);
    for (const [name, value] of Object.entries(securityHeaders)) expect(answer.headers.get(name)).toBe(value);
  });

  test('what is not there is the page for lost readers, with status 404 and the headers', async () => {
    const answer = await get('/trainers/none/');
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain('<h1');
    expect(answer.headers.get('content-security-policy')).toBe(securityHeaders['Content-Security-Policy']);
  });

  test('a folder without its slash leads to the one with it', async () => {
    const answer = await get('/trainers/dpo');
    expect(answer.status).toBe(301);
    expect(answer.headers.get('location')).toMatch(/\/trainers\/dpo\/$/);
  });

  test('hashed files are kept for good, and keep the security headers', async () => {
    const [script] = (await readdir(join(dist, '_astro'))).filter((name) => name.endsWith('.js'));
    const answer = await get(`/_astro/${script}`);
    expect(answer.headers.get('cache-control')).toBe(hashedCaching);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('what was compressed once is sent, and unpacks to the page', async () => {
    const plain = await (await get('/guides/dpo-loss/')).text();
    const packed = await get('/guides/dpo-loss/', 'gzip');
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    expect(packed.headers.get('vary')).toMatch(/accept-encoding/i);
    // A length says that the file was sent; what nginx compresses on the way has none.
    const { size } = await import('node:fs').then(({ statSync }) =>
      statSync(join(folder, 'site/guides/dpo-loss/index.html.gz')),
    );
    expect(packed.headers.get('content-length')).toBe(String(size));
    expect(await packed.text()).toBe(plain);
  });

  test('an unchanged page is answered with 304', async () => {
    const etag = (await get('/')).headers.get('etag') ?? '';
    expect(
      (await fetch(url, { headers: { 'if-none-match': etag, 'accept-encoding': 'identity' } })).status,
    ).toBe(304);
  });
});

/** A configuration that nginx runs as it is, around what belongs into conf.d. */
function wrapped(ours: string, folder: string): string {
  return `daemon off;
worker_processes 1;
pid ${folder}/nginx.pid;
error_log ${folder}/logs/error.log;
events {}
http {
  include /etc/nginx/mime.types;
  access_log off;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
${ours}
}
`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('expected a port');
  return address.port;
}

/** Waits until the server answers. Throws after ten seconds. */
async function answers(url: string): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (
      await fetch(url).then(
        () => true,
        () => false,
      )
    )
      return;
    await setTimeout(100);
  }
  throw new Error(`expected nginx to answer at ${url}`);
}
