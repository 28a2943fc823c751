import { expect, test } from 'vitest';
import { checkCommand } from '../../../src/checks/check-command.ts';
import { withContent } from './content-fixture.ts';

/** What `npm run check -- …` writes and how it ends. */
async function check(args: readonly string[], contentDir = 'content', env: Record<string, string> = {}) {
  const said = { out: '', error: '' };
  const terminal = {
    out: (text: string) => (said.out += text),
    error: (text: string) => (said.error += text),
    color: false,
  };
  const code = await checkCommand(args, { CONTENT_DIR: contentDir, ...env }, terminal);
  return { code, ...said };
}

test('valid content: exit 0', () =>
  withContent([], async (dir) => {
    expect(await check(['--content-only'], dir)).toEqual({ code: 0, out: 'no problems\n', error: '' });
  }));

test('a warning is told and does not fail', () =>
  withContent(['unverified'], async (dir) => {
    const { code, out } = await check(['--content-only'], dir);
    expect(code).toBe(0);
    expect(out).toMatch(
      /1 warning in 1 file\n1 can be mended for certain: npm run check -- --fix\ncause, example and cure: npm run check -- --explain argument-unknown\n$/,
    );
  }));

test('broken content: exit 1, all problems in the asked format', () =>
  withContent(['unknown-trainer', 'empty-file'], async (dir) => {
    const { code, out } = await check(['--content-only', '--format', 'json'], dir);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      errors: 2,
      problems: [{ code: 'file-empty' }, { code: 'trainer-unknown', suggestion: 'did you mean `dpo`?' }],
    });
  }));

test('no content folder: exit 1', async () => {
  const { code, out } = await check(['--content-only'], 'no-such-folder');
  expect(code).toBe(1);
  expect(out).toContain(
    'no-such-folder:1:1  content-missing  expected a content folder at no-such-folder, found none\n',
  );
});

test('wrong arguments: usage, exit 2', async () => {
  const { code, out, error } = await check(['--format', 'gihub']);
  expect([code, out]).toEqual([2, '']);
  expect(error).toMatch(/^unknown format `gihub`: did you mean `github`\?\n\nusage: npm run check/);
});

test('--explain prints cause, reason, example, output, mended lines and cure of a code', async () => {
  const { code, out } = await check(['--explain', 'trainer-unknown']);
  expect(code).toBe(0);
  expect(out).toBe(`\
trainer-unknown  An entry names a trainer that the registry does not hold.

A page belongs to the set of each trainer that it names. Under a name that the
registry does not hold, it would belong to no set: the catalogue would not list
it, and STATUS would not count it.

Example
  content/reference-guides/dpo-loss.mdx
  - trainers: [dpoo]
    difficulty: 3

What \`npm run check\` prints
    content/reference-guides/dpo-loss.mdx:5:12  trainer-unknown  the registry has no trainer \`dpoo\`
      5 | trainers: [dpoo]
        |            ^^^^
      did you mean \`dpo\`?

    1 error in 1 file
    cause, example and cure: npm run check -- --explain trainer-unknown

Mended
  content/reference-guides/dpo-loss.mdx
  + trainers: [dpo]
    difficulty: 3

Cure
  Use a slug of content/trainers/, or add the record.

Read on
  errors/trainer-unknown/
  related: entry-unknown
`);
});

test('--explain of a code that is none: the nearest one, exit 2', async () => {
  const { code, error } = await check(['--explain', 'trainer-unknwon']);
  expect(code).toBe(2);
  expect(error).toMatch(/^there is no error `trainer-unknwon`: did you mean `trainer-unknown`\?\n\nusage:/);
});

test('with SITE_URL and BASE_PATH, JSON and GitHub annotations hold the address of the page of each code', () =>
  withContent(['unknown-trainer'], async (dir) => {
    const env = { SITE_URL: 'https://example.org', BASE_PATH: 'docs' };
    const page = 'https://example.org/docs/errors/trainer-unknown/';
    const json = await check(['--content-only', '--format', 'json'], dir, env);
    expect(JSON.parse(json.out)).toMatchObject({ problems: [{ docs: page }] });
    const github = await check(['--content-only', '--format', 'github'], dir, env);
    expect(github.out).toContain(`did you mean \`dpo\`?%0A${page}\n`);
  }));

test('the help says what the JSON holds', async () => {
  const { code, out } = await check(['--help']);
  expect(code).toBe(0);
  for (const field of ['schema', 'problems', 'severity', 'suggestion', 'docs'])
    expect(out).toContain(`"${field}":`);
});
