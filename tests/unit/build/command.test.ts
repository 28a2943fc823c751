import { expect, test } from 'vitest';
import { astroEnvironment } from '../../../src/build/astro.ts';
import { buildCommand, buildSummary, withCauses } from '../../../src/build/command.ts';
import { buildOptions } from '../../../src/build/options.ts';
import type { Terminal } from '../../../src/errors/terminal.ts';

test('options come from the command line, then the environment, then the defaults', () => {
  expect(buildOptions(['--content-dir', 'here'], { CONTENT_DIR: 'there' })).toEqual({
    contentDir: 'here',
    base: '/',
    siteUrl: 'https://annotated-trainers.example',
    drafts: false,
    precompress: false,
    force: false,
    verbose: false,
    help: false,
  });
  expect(
    buildOptions([], { CONTENT_DIR: 'there', BASE_PATH: 'docs/trl', SITE_URL: 'https://a.test' }),
  ).toEqual({
    contentDir: 'there',
    base: '/docs/trl/',
    siteUrl: 'https://a.test',
    drafts: false,
    precompress: false,
    force: false,
    verbose: false,
    help: false,
  });
});

test('an unknown option ends with 2, the option and the usage, and builds nothing', async () => {
  const said = { out: '', error: '' };
  const terminal: Terminal = {
    out: (text) => {
      said.out += text;
    },
    error: (text) => {
      said.error += text;
    },
    color: false,
  };
  expect(await buildCommand(['--fast'], terminal)).toBe(2);
  expect(said).toEqual({ out: '', error: expect.stringMatching(/'--fast'[\s\S]*Usage: npm run build/) });
});

test('a good build says what is in dist/', () => {
  expect(buildSummary({ htmlPages: 31, bytes: 4_230_000, pages: 31, records: 96 })).toBe(
    'dist/ holds 31 pages and 4.2 MB; the search read 31 pages and 96 records.',
  );
});

test('an error is shown with what caused it', () => {
  const error = new Error('no index', { cause: new Error('no binary', { cause: 'platform' }) });
  expect(withCauses(error)).toBe('no index\n  because no binary\n  because platform');
});

test('variables that Astro sets itself are not taken from the environment', () => {
  const env = astroEnvironment(
    { BASE_URL: '/other/', MODE: 'test', REPO_URL: 'https://a.test' },
    { DRAFTS: '0' },
  );
  expect(env).toEqual({ REPO_URL: 'https://a.test', DRAFTS: '0', ASTRO_TELEMETRY_DISABLED: '1' });
});
