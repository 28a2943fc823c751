import { expect, test } from 'vitest';
import { formatGithub } from '../../../src/errors/format-github.ts';
import { formatJson } from '../../../src/errors/format-json.ts';
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
      },
    ],
  });
});

test('workflow commands escape what would end a property or a line', () => {
  expect(formatGithub(problems)).toBe(
    '::error file=a.mdx,line=9,col=12,endColumn=16,title=trainer-unknown::' +
      'the registry has no trainer `dpoo`%0Adid you mean `dpo`?\n' +
      '::warning file=b%2Cc.mdx,line=1,col=1,title=file-empty::' +
      '100%25 empty%0AWrite its frontmatter and text, or delete it.\n' +
      '1 error and 1 warning in 2 files\n',
  );
});
