import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { commitDates, committed } from '../../../src/navigation/git-dates.ts';

test('the log is newest first: the first commit that names a file is its last, and the other way round', () => {
  const log =
    '\0' +
    '2026-11-20T10:00:00+01:00\n\nguides/a.mdx\nguides/b.mdx\n\0' +
    '2026-10-01T09:00:00Z\n\nguides/a.mdx\nguides/c.mdx\n';
  expect([...commitDates(log)]).toEqual([
    ['guides/a.mdx', { first: '2026-10-01', last: '2026-11-20' }],
    ['guides/b.mdx', { first: '2026-11-20', last: '2026-11-20' }],
    ['guides/c.mdx', { first: '2026-10-01', last: '2026-10-01' }],
  ]);
});

test('no repository, no dates', async () => {
  expect([...(await committed(tmpdir()))]).toEqual([]);
});
