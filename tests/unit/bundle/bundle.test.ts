import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withLock } from '../../../src/build/lock.ts';
import { bundleCommand } from '../../../src/bundle/command.ts';
import { readSite } from '../../../src/checks/dist/site-files.ts';
import { writeFileList } from '../../../src/offline/write-file-list.ts';

let folder: string;
let dir: string;
let lock: string;
let said: { out: string; error: string };

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bundle-'));
  dir = join(folder, 'dist');
  lock = join(folder, '.build/lock');
});
afterEach(() => rm(folder, { recursive: true }));

/** A small built site, as a build leaves it. */
async function built(base = '/', files: Record<string, string> = {}) {
  const all = {
    'index.html': '<h1>Home</h1>',
    'index.html.gz': 'packed',
    'trainers/dpo/index.html': '<h1>DPO</h1>',
    'og/index.png': 'card',
    'status.json': '{"trl":"1.16.0"}',
    ...files,
  };
  for (const [path, text] of Object.entries(all)) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), text);
  }
  return writeFileList(dir, readSite(dir), base);
}

async function bundle(...args: string[]): Promise<number> {
  said = { out: '', error: '' };
  const terminal = {
    out: (text: string) => {
      said.out += text;
    },
    error: (text: string) => {
      said.error += text;
    },
    color: false,
  };
  return bundleCommand(args, terminal, { dir, lock });
}

const out = () => join(folder, 'site.zip');
const contents = async () => unzipSync(await readFile(out()));

test('the zip is one folder: how to open it, and the site without what only hosts read', async () => {
  const { build } = await built();
  const name = `annotated-trainers-trl-1.16.0-${build.slice(0, 8)}`;
  expect(await bundle('--out', out())).toBe(0);
  expect(said.out).toBe(`${out()} holds build ${build.slice(0, 8)} of ${dir}, 0.0 MB.\n`);
  const files = await contents();
  expect(Object.keys(files)).toEqual(
    [
      'README.txt',
      'index.html',
      'offline-files.json',
      'og/index.png',
      'status.json',
      'trainers/dpo/index.html',
    ].map((path) => `${name}/${path}`),
  );
  expect(strFromU8(files[`${name}/trainers/dpo/index.html`] ?? new Uint8Array())).toBe('<h1>DPO</h1>');
  expect(strFromU8(files[`${name}/README.txt`] ?? new Uint8Array())).toMatch(
    new RegExp(`Build ${build}, held to TRL 1\\.16\\.0\\.[\\s\\S]*open http://localhost:8000/\n`),
  );
});

test('a site for a base path lies below it, where its links lead', async () => {
  await built('/a/b/');
  expect(await bundle('--out', out())).toBe(0);
  const paths = Object.keys(await contents()).map((path) => path.replace(/^[^/]+\//, ''));
  expect(paths).toContain('a/b/index.html');
  expect(paths).toContain('README.txt');
});

test('two bundles of one site are the same bytes, in any time zone', async () => {
  await built();
  const run = (name: string, TZ: string) => {
    const script = `import { readBuiltSite } from './src/bundle/built-site.ts';
      import { siteZip } from './src/bundle/site-zip.ts';
      import { writeFileSync } from 'node:fs';
      writeFileSync(${JSON.stringify(join(folder, name))}, siteZip(readBuiltSite(${JSON.stringify(dir)})));`;
    const node = [process.execPath, ['--input-type=module', '-e', script]] as const;
    const { status, stderr } = spawnSync(...node, { env: { ...process.env, TZ }, encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
    return readFile(join(folder, name));
  };
  const [one, two] = [await run('1.zip', 'Asia/Tokyo'), await run('2.zip', 'America/Los_Angeles')];
  expect(one.equals(two)).toBe(true);
});

test.each([
  ['a changed file', { 'index.html': '<h1>Other</h1>' }, 'index.html changed'],
  ['a file that came later', { 'new/index.html': '' }, 'new/index.html added'],
])('%s is refused, and the zip that was there stays', async (_, files, message) => {
  const { build } = await built();
  await writeFile(out(), 'the last zip');
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), text);
  }
  expect(await bundle('--out', out())).toBe(1);
  expect(said.error).toBe(
    `expected ${dir} as build ${build.slice(0, 8)} left it, found ${message}\n  Build it anew: npm run build\nNothing was written.\n`,
  );
  expect(await readFile(out(), 'utf8')).toBe('the last zip');
});

test('a file that is gone is refused', async () => {
  await built();
  await rm(join(dir, 'trainers'), { recursive: true });
  expect(await bundle('--out', out())).toBe(1);
  expect(said.error).toContain('found trainers/dpo/index.html missing');
});

test('without a built site it says how to make one', async () => {
  expect(await bundle('--out', out())).toBe(1);
  expect(said.error).toMatch(
    /expected a built site in .*dist, found no such folder\n {2}Make it: npm run build/,
  );
  await mkdir(dir);
  expect(await bundle('--out', out())).toBe(1);
  expect(said.error).toContain('offline-files.json, which a build writes last, found none');
  expect(existsSync(out())).toBe(false);
});

test('a build that runs is not packed half', async () => {
  await built();
  expect(await withLock(lock, () => bundle('--out', out()))).toBe(1);
  expect(said.error).toMatch(/found one running as process \d+[\s\S]*Nothing was written/);
});

test('a place that cannot be written is said, and no part of a zip is left', async () => {
  await built();
  await mkdir(out());
  expect(await bundle('--out', out())).toBe(1);
  expect(said.error).toMatch(/cannot write .*site\.zip; it is as before\n {2}because EISDIR/);
  expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test.each([
  [['--fast'], /'--fast'[\s\S]*Usage: npm run bundle/],
  [['here.zip'], /Unexpected argument 'here\.zip'[\s\S]*Usage/],
  [['--out', 'site.tar'], /ends in \.zip, found "site\.tar"[\s\S]*Usage/],
])('wrong arguments %j end with 2 and the usage', async (args, message) => {
  expect(await bundle(...args)).toBe(2);
  expect(said.error).toMatch(message);
});

test('--help', async () => {
  expect(await bundle('--help')).toBe(0);
  expect(said.out).toMatch(/^Usage: npm run bundle/);
});
