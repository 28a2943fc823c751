import { expect, test } from 'vitest';
import { checkCommand } from '../../../src/checks/check-command.ts';
import { withContent } from './content-fixture.ts';

/** What `npm run check -- …` writes and how it ends. */
async function check(args: readonly string[], contentDir = 'content') {
  const said = { out: '', error: '' };
  const terminal = {
    out: (text: string) => (said.out += text),
    error: (text: string) => (said.error += text),
    color: false,
  };
  const code = await checkCommand(args, { CONTENT_DIR: contentDir }, terminal);
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
    expect(out).toMatch(/1 warning in 1 file\n$/);
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
