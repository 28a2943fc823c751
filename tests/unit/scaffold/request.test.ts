import { expect, test } from 'vitest';
import { newRequest } from '../../../src/scaffold/request.ts';

test('a trainer, a record, a guide or a path', () => {
  const wish = (...args: string[]) => {
    const request = newRequest(args, {});
    return request.help ? 'help' : request.wish;
  };
  expect(wish('gkd')).toEqual({ kind: 'trainer', text: 'gkd' });
  expect(wish('--registry', 'TPOTrainer')).toEqual({ kind: 'registry', text: 'TPOTrainer' });
  expect(wish('--guide', ' What  beta does ')).toEqual({
    kind: 'guide',
    text: 'What beta does',
    name: undefined,
  });
  expect(wish('--path', '学习', '--name', 'learn')).toEqual({ kind: 'path', text: '学习', name: 'learn' });
  expect(wish('gkd', '--help')).toBe('help');
});

test('the content folder comes from the option, then CONTENT_DIR', () => {
  expect(newRequest(['gkd', '--content-dir', 'here'], { CONTENT_DIR: 'there' })).toMatchObject({
    contentDir: 'here',
  });
  expect(newRequest(['gkd'], { CONTENT_DIR: 'there' })).toMatchObject({ contentDir: 'there', dryRun: false });
  expect(newRequest(['gkd', '--dry-run'], {})).toMatchObject({ contentDir: 'content', dryRun: true });
});

test.each([
  [[], 'expected a trainer, --registry, --guide or --path, found none'],
  [['Online', 'DPO'], 'expected one trainer, found 2: put a name of several words in quotes'],
  [['gkd', '--guide', 'x'], 'expected one thing to make, found trainer and guide'],
  [['--guide', '  '], 'expected a title, found nothing'],
  [['gkd', '--name', 'x'], '--name goes with --guide and --path: a trainer’s files are named after its slug'],
  [['gkd', '--force'], /--force/],
])('%j is refused', (args, message) => {
  expect(() => newRequest(args, {})).toThrow(message);
});
