import { describe, expect, test } from 'vitest';
import { readContent } from '../../../src/collections/read-content.ts';
import type { Terminal } from '../../../src/errors/terminal.ts';
import { diffCommand } from '../../../src/release-diff/command.ts';
import { releaseDiff } from '../../../src/release-diff/release-diff.ts';
import { releaseNotes } from './release-notes.ts';

const source = await readContent('content');
const factsOf = (trl: string) => {
  const found = source.facts.find((facts) => facts.trl === trl);
  if (!found) throw new Error(`expected the facts of TRL ${trl}`);
  return found;
};

describe('from 0.25.1 to the pinned release', () => {
  const diff = releaseDiff(source, factsOf('0.25.1'), factsOf('1.16.0'), 'all');
  const changes = diff.trainers.flatMap(({ changes }) => changes);

  test.each(releaseNotes)('it finds what the notes say of #%i, in %s', (_, release, what, symbols) => {
    const found = symbols.map((symbol) =>
      changes.find((change) => change.symbol === symbol && change.what === what),
    );
    expect(found.map((change) => [change?.symbol, change?.since])).toEqual(
      symbols.map((symbol) => [symbol, release]),
    );
  });

  test('it finds what is gone for good', () => {
    const gone = changes.filter(
      ({ kind, what, symbol }) => kind === 'class' && what === 'removed' && /Trainer$/.test(symbol),
    );
    expect(gone.map(({ symbol, since }) => [symbol, since])).toEqual([
      ['PPOTrainer', '1.13.0'],
      ['PRMTrainer', '1.14.0'],
      ['BCOTrainer', '1.14.0'],
      ['NashMDTrainer', '1.14.0'],
      ['XPOTrainer', '1.14.0'],
      // The history follows the registry; of the others only the end points are known.
      ['BaseTrainer', undefined],
      ['GFPOTrainer', undefined],
      ['GRPOWithReplayBufferTrainer', undefined],
      ['PAPOTrainer', undefined],
    ]);
  });

  test('every change that breaks a script of a documented trainer is in the wheels’ history too, and has advice', () => {
    const documented = releaseDiff(source, factsOf('0.25.1'), factsOf('1.16.0'), 'documented');
    const breaking = documented.trainers
      .flatMap(({ changes }) => changes)
      .filter(({ what }) => what === 'removed' || what === 'moved' || what === 'default');
    expect(breaking.length).toBeGreaterThan(80);
    expect(breaking.filter(({ since, say }) => since === undefined || say === undefined)).toEqual([]);
  });
});

test('between neighbours only what changed there is told', () => {
  const diff = releaseDiff(source, factsOf('1.12.0'), factsOf('1.13.0'), { trainer: 'ppo' });
  expect(diff.trainers).toMatchObject([
    {
      slug: 'ppo',
      changes: [
        { symbol: 'PPOTrainer', what: 'removed', before: 'trl.experimental.ppo', since: '1.13.0' },
        { symbol: 'PPOConfig', what: 'removed', before: 'trl.experimental.ppo', since: '1.13.0' },
      ],
    },
  ]);
});

/** Runs the command, and collects what it writes. */
async function run(...args: string[]) {
  const written = { out: '', error: '' };
  const terminal: Terminal = {
    out: (text) => {
      written.out += text;
    },
    error: (text) => {
      written.error += text;
    },
    color: false,
  };
  return { code: await diffCommand(args, {}, terminal), ...written };
}

describe('npm run diff', () => {
  test('tells of one trainer by kind, with the release and what to do', async () => {
    const { code, out } = await run('0.25.1', '1.16.0', '--trainer', 'orpo');
    expect(code).toBe(0);
    expect(out).toMatchSnapshot();
  });

  test('the order of the two does not count', async () => {
    expect((await run('1.16.0', '0.25.1', '--trainer', 'orpo')).out).toBe(
      (await run('0.25.1', '1.16.0', '--trainer', 'orpo')).out,
    );
  });

  test('as Markdown and as JSON it is the same report', async () => {
    const { out } = await run('0.25.1', '1.16.0', '--trainer', 'sft', '--format', 'markdown');
    expect(out).toContain('## SFT\n\n### Fields\n\n');
    const json: unknown = JSON.parse(
      (await run('0.25.1', '1.16.0', '--trainer', 'sft', '--format', 'json')).out,
    );
    expect(json).toMatchObject({ schema: 1, older: { trl: '0.25.1' }, trainers: [{ slug: 'sft' }] });
  });

  test.each([
    [['1.16.0'], 'expected two releases, found 1'],
    [['1.16.0', '1.16.0'], 'expected two releases, found 1.16.0 twice'],
    [['1.16.0', '0.7.0'], 'add it: npm run facts -- --trl 0.7.0'],
    [['0.25.1', '1.16.0', '--trainer', 'dop'], 'did you mean `dpo`?'],
    [['0.25.1', '1.16.0', '--trainer', 'dpo', '--all'], 'expected --trainer or --all, found both'],
    [['0.25.1', '1.16.0', '--format', 'jsn'], 'unknown format `jsn`'],
    [['0.25.1', '1.16.0', '--al'], "Unknown option '--al'"],
  ])('%j is refused: %s', async (args, why) => {
    const { code, out, error } = await run(...args);
    expect([code, out]).toEqual([2, '']);
    expect(error).toContain(why);
  });
});
