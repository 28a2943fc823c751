import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { forReview } from '../../../src/checks/content/drafts.ts';
import { checkContent } from '../../../src/checks/content/index.ts';
import { readContent } from '../../../src/collections/read-content.ts';
import { checkCases, withContent } from './content-fixture.ts';

test('a build for review is told of links to drafts, and stopped by nothing but errors', async () => {
  const { problems } = await checkCases(['draft-linked', 'path-steps', 'unknown-symbol']);
  const severities = problems.map(forReview).map(({ code, severity }) => `${code} ${severity}`);
  expect(new Set(severities)).toEqual(
    new Set(['draft-linked warning', 'step-draft warning', 'step-repeated error', 'symbol-unknown error']),
  );
});

test('what a page that nobody has checked still has to say is a warning', () =>
  withContent(['to-write'], async (dir) => {
    const file = join(dir, 'reference-guides/half.mdx');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('difficulty: 1', 'difficulty: 1\nverified: false'));
    const found = checkContent(await readContent(dir)).map(({ code, severity }) => [code, severity]);
    expect(found).toEqual(Array(2).fill(['to-write', 'warning']));
  }));
