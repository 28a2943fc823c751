import { expect, test } from 'vitest';
import { rewriteAs } from '../../../src/collections/scalar-rewrite.ts';

test.each([
  ['string', 2305.1829, '2305.18290', '"2305.18290"'],
  ['string', true, 'true', '"true"'],
  ['string', -5, '-5', '"-5"'],
  ['string', 1, '0x 1', undefined],
  ['string', 1, '1 # one', undefined],
  ['array', 'dpo', 'dpo', '[dpo]'],
  ['array', 'dpo, kto', 'dpo, kto', undefined],
  ['array', 'a: b', 'a: b', undefined],
  ['int', '3', '"3"', '3'],
  ['number', '-12', "'-12'", '-12'],
  ['number', '0', '"0"', '0'],
  ['int', '007', '"007"', undefined],
  ['int', '-0', '"-0"', undefined],
  ['int', '1.5', '"1.5"', undefined],
  ['int', '3 apples', '"3 apples"', undefined],
  ['int', 'about 3', '"about 3"', undefined],
  ['boolean', 'true', '"true"', 'true'],
  ['boolean', 'false', "'false'", 'false'],
  ['boolean', 'untrue', '"untrue"', undefined],
  ['boolean', 'trueish', '"trueish"', undefined],
  ['boolean', '1', '"1"', undefined],
  ['int', '3', '3', undefined],
  ['int', '3', '"3" # three', undefined],
  ['int', '3', '!!str "3"', undefined],
  ['int', '3', '"3\'', undefined],
  ['pointer', '3', '"3"', undefined],
  ['array', 3, '3', undefined],
  ['string', null, 'null', undefined],
])('where %s is expected, %j written as %s becomes %s', (expected, found, raw, written) => {
  expect(rewriteAs(expected, found)?.(raw)).toBe(written);
});
