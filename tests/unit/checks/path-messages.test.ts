import { expect, test } from 'vitest';
import { checkCases } from './content-fixture.ts';

test('what is wrong with a step of a learning path is said so that it teaches', async () => {
  const { problems } = await checkCases(['path-fields']);
  expect(problems.map(({ message }) => message)).toEqual([
    '`steps[0].page`: expected one of `entry` and `page`, not both, found "glossary"',
    '`steps[1]`: expected `entry: guides/<id>` of a page that you wrote, or `page:` with trainers, choose, reference, glossary, explorers, found a mapping',
    '`steps[2].page`: expected trainers, choose, reference, glossary or explorers, found "glosary"',
    '`steps[2].checkpoint.question`: expected a question that ends with "?", found ""',
    '`steps[2].checkpoint.answer`: expected text, found " "',
    '`steps[3].entry`: expected trainers/<id>, guides/<id> or examples/<id>; a page of the site itself is named by `page:`, found "glossary"',
    '`steps[3].checkpoint.question`: expected a question that ends with "?", found "State it."',
  ]);
});
