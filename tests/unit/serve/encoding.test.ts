import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { precompress } from '../../../src/build/precompress.ts';
import { serve } from '../../../src/serve/server.ts';

const dir = mkdtempSync(join(tmpdir(), 'encoding-'));
const text = '<p>a page that is long enough to be worth it</p>'.repeat(50);
writeFileSync(join(dir, 'index.html'), text);
await precompress(dir);
writeFileSync(join(dir, 'late.html'), text);
writeFileSync(join(dir, 'a.woff2'), 'font');
const { server, url } = await serve(dir, '/', 0);
afterAll(() => server.close());

/** `fetch` unpacks by itself; what came over the wire is told by the headers. */
async function get(path: string, accepts: string) {
  const response = await fetch(url + path, { headers: { 'accept-encoding': accepts } });
  const { headers } = response;
  return {
    text: await response.text(),
    encoding: headers.get('content-encoding'),
    bytes: Number(headers.get('content-length')),
  };
}

test('what was compressed at build time is sent, brotli before gzip', async () => {
  const brotli = await get('', 'gzip, deflate, br');
  const gzip = await get('', 'gzip');
  expect([brotli.encoding, gzip.encoding]).toEqual(['br', 'gzip']);
  expect([brotli.text, gzip.text]).toEqual([text, text]);
  expect(brotli.bytes).toBeLessThan(gzip.bytes);
  expect(gunzipSync(await readPacked('gz')).toString()).toBe(text);
  expect(brotliDecompressSync(await readPacked('br')).toString()).toBe(text);
});

test('text that was not is compressed now, a font never', async () => {
  expect(await get('late.html', 'gzip, br')).toMatchObject({ encoding: 'gzip', text });
  expect(await get('a.woff2', 'gzip, br')).toMatchObject({ encoding: null, text: 'font' });
  expect(await get('', 'identity')).toMatchObject({ encoding: null, text });
});

async function readPacked(extension: string): Promise<Buffer> {
  return Buffer.from(await (await fetch(`${url}index.html.${extension}`)).arrayBuffer());
}
