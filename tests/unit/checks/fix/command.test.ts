import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { checkCommand } from '../../../../src/checks/check-command.ts';
import { checkReportSchema } from '../../../../src/errors/check-report.ts';
import { withContent } from '../content-fixture.ts';
import { scriptOf, snapshot } from './mend.ts';

const run = promisify(execFile);

async function check(args: readonly string[], contentDir: string) {
  const said = { out: '', error: '' };
  const terminal = {
    out: (text: string) => (said.out += text),
    error: (text: string) => (said.error += text),
    color: false,
  };
  const code = await checkCommand(['--content-only', ...args], { CONTENT_DIR: contentDir }, terminal);
  return { code, ...said };
}

const file = 'example-scripts/x.py';
const two = scriptOf('from trl import SFTConfig\n\nSFTConfig(max_seq_length=512, betta=1)');
const mended = two.replace('max_seq_length', 'max_length');

const withTwo = <T>(use: (dir: string) => Promise<T>) =>
  withContent([], async (dir) => {
    await writeFile(join(dir, file), two);
    return use(dir);
  });

test('a check says how many mistakes --fix would mend, and --fix no more', () =>
  withTwo(async (dir) => {
    const hint = '1 can be mended for certain: npm run check -- --fix\n';
    expect((await check([], dir)).out).toContain(hint);
    expect((await check(['--fix'], dir)).out).not.toContain('can be mended');
  }));

test('--fix says what it changed, then what remains, and exits by what remains', () =>
  withTwo(async (dir) => {
    const { code, out, error } = await check(['--fix'], dir);
    expect(error).toMatch(
      /example-scripts\/x\.py:18:11 {2}max_seq_length -> max_length\nfixed 1 place in 1 file\n$/,
    );
    expect(out).toContain('`SFTConfig` has no argument `betta`');
    expect(out).not.toContain('`max_seq_length`');
    expect(code).toBe(1);
    expect(await readFile(join(dir, file), 'utf8')).toBe(mended);
    const again = await check(['--fix'], dir);
    expect(again.error).toBe('nothing could be fixed for certain\n');
    expect(await readFile(join(dir, file), 'utf8')).toBe(mended);
  }));

test('--fix --format json holds the changes, in the shape of its schema', () =>
  withTwo(async (dir) => {
    const before = checkReportSchema.parse(JSON.parse((await check(['--format', 'json'], dir)).out));
    const fix = before.problems.find((each) => each.fix)?.fix;
    expect(fix?.edits).toEqual([
      { line: 18, column: 11, endLine: 18, endColumn: 25, old: 'max_seq_length', replacement: 'max_length' },
    ]);
    expect(before.fixed).toBeUndefined();
    const after = checkReportSchema.parse(JSON.parse((await check(['--fix', '--format', 'json'], dir)).out));
    expect(after.fixed).toEqual([
      { file: expect.stringMatching(/x\.py$/), code: 'argument-unknown', ...fix },
    ]);
    expect(after.refused).toEqual([]);
    expect(after.problems.some((each) => each.fix)).toBe(false);
  }));

test('--fix --dry-run writes a diff that `patch` takes, and nothing else', () =>
  withTwo(async (dir) => {
    const before = await snapshot(dir);
    const { code, out, error } = await check(['--fix', '--dry-run'], dir);
    expect(code).toBe(1);
    expect(error).toContain('would fix 1 place in 1 file\nwould remain: 1 error');
    expect(await snapshot(dir)).toEqual(before);
    // `patch` keeps to its own folder: the file goes where the diff names it, below a folder of ours.
    const copy = join(dir, 'patched/deep');
    const name = relative(process.cwd(), join(dir, file));
    const inside = name.replace(/^(\.\.\/)+/, '');
    await mkdir(dirname(join(copy, inside)), { recursive: true });
    await cp(join(dir, file), join(copy, inside));
    await writeFile(join(copy, 'fix.diff'), out.replaceAll(name, inside));
    await run('patch', ['-p1', '--input', 'fix.diff'], { cwd: copy });
    expect(await readFile(join(copy, inside), 'utf8')).toBe(mended);
  }));

test('content without mistakes: nothing to do, exit 0', () =>
  withContent([], async (dir) => {
    const before = await snapshot(dir);
    expect(await check(['--fix'], dir)).toEqual({
      code: 0,
      out: 'no problems\n',
      error: 'nothing could be fixed for certain\n',
    });
    expect(await snapshot(dir)).toEqual(before);
  }));

test.each([
  [['--dry-run'], '`--dry-run` needs `--fix`: a check alone changes nothing'],
  [['--fix=yes'], "Option '--fix' does not take an argument"],
])('%j: usage, exit 2', async (args, message) => {
  const { code, out, error } = await check(args, 'no-such-folder');
  expect([code, out]).toEqual([2, '']);
  expect(error).toContain(message);
  expect(error).toContain('usage: npm run check');
});
