import { expect, test } from 'vitest';
import { checkReportSchema } from '../../../src/errors/check-report.ts';
import { formatGithub } from '../../../src/errors/format-github.ts';
import { formatJson } from '../../../src/errors/format-json.ts';
import { problem } from '../../../src/errors/problem.ts';
import { problems } from './problems.ts';

test('JSON holds a summary and each problem with its cause and cure', () => {
  expect(JSON.parse(formatJson(problems))).toEqual({
    schema: 1,
    errors: 1,
    warnings: 1,
    files: 2,
    problems: [
      {
        code: 'trainer-unknown',
        severity: 'error',
        file: 'a.mdx',
        line: 9,
        column: 12,
        length: 4,
        message: 'the registry has no trainer `dpoo`',
        suggestion: 'did you mean `dpo`?',
        excerpt: 'trainers: [dpoo]',
        cause: 'An entry names a trainer that the registry does not hold.',
        cure: 'Use a slug of content/trainers/, or add the record.',
        docs: 'errors/trainer-unknown/',
      },
      {
        code: 'file-empty',
        severity: 'warning',
        file: 'b,c.mdx',
        line: 1,
        column: 1,
        message: '100% empty',
        cause: 'A content file is empty.',
        cure: 'Write its frontmatter and text, or delete it.',
        docs: 'errors/file-empty/',
      },
    ],
  });
});

test('workflow commands escape what would end a property or a line', () => {
  expect(formatGithub(problems)).toBe(
    '::error file=a.mdx,line=9,col=12,endLine=9,endColumn=16,title=trainer-unknown::' +
      'the registry has no trainer `dpoo`%0Adid you mean `dpo`?%0Aerrors/trainer-unknown/\n' +
      '::warning file=b%2Cc.mdx,line=1,col=1,title=file-empty::' +
      '100%25 empty%0AWrite its frontmatter and text, or delete it.%0Aerrors/file-empty/\n' +
      '1 error and 1 warning in 2 files\n',
  );
});

test('the report has the shape of its schema, whatever a problem holds', () => {
  const odd = problem('tool-failed', { file: '.', line: 1, column: 1 }, 'line one\nline "two"\u0007');
  for (const found of [[], problems, [odd]]) {
    expect(checkReportSchema.parse(JSON.parse(formatJson(found))).problems).toHaveLength(found.length);
  }
  expect(checkReportSchema.safeParse({ ...JSON.parse(formatJson([])), schema: 2 }).success).toBe(false);
});

test('a problem of no file is an annotation of the run; nothing in a message can begin a command', () => {
  const found = problem(
    'tool-failed',
    { file: '.', line: 1, column: 1 },
    'it said\r\n::set-output name=x::1, 50%',
  );
  expect(formatGithub([found], { site: 'https://example.org/docs/' })).toBe(
    '::error title=tool-failed::it said%0D%0A::set-output name=x::1, 50%25%0A' +
      'Run the command of the message by hand.%0Ahttps://example.org/docs/errors/tool-failed/\n' +
      '1 error in 1 file\n',
  );
});

test('a file with a colon, a comma and a percent sign stays one property', () => {
  const found = problem('file-empty', { file: 'a:b, 5%.mdx', line: 1, column: 1 }, 'empty');
  expect(formatGithub([found])).toMatch(/^::error file=a%3Ab%2C 5%25\.mdx,line=1,col=1,title=file-empty::/);
});
