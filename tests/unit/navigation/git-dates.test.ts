import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { lastCommitted, newestDates } from '../../../src/navigation/git-dates.ts';

test('the first commit of the log that names a file gives its date', () => {
  const log =
    '\0' +
    '2026-11-20T10:00:00+01:00\n\nguides/a.mdx\nguides/b.mdx\n\0' +
    '2026-10-01T09:00:00Z\n\nguides/a.mdx\nguides/c.mdx\n';
  expect([...newestDates(log)]).toEqual([
    ['guides/a.mdx', '2026-11-20'],
    ['guides/b.mdx', '2026-11-20'],
    ['guides/c.mdx', '2026-10-01'],
  ]);
});

test('no repository, no dates', async () => {
  expect([...(await lastCommitted(tmpdir()))]).toEqual([]);
});
