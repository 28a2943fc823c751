import { expect, test } from 'vitest';
import { type Cbor, decodeCbor, encodeCbor } from '../../../src/search/cbor.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

// Examples of RFC 8949, appendix A.
test.each<[Cbor, string]>([
  [0, '00'],
  [23, '17'],
  [24, '1818'],
  [1000, '1903e8'],
  [1_000_000, '1a000f4240'],
  ['IETF', '6449455446'],
  ['ü', '62c3bc'],
  [[1, [2, 3], [4, 5]], '8301820203820405'],
])('%j is %s', (value, encoded) => {
  expect(hex(encodeCbor(value))).toBe(encoded);
  expect(decodeCbor(Buffer.from(encoded, 'hex'))).toEqual(value);
});

test('a kind of item that the index does not hold is refused', () => {
  expect(() => decodeCbor(Buffer.from('f5', 'hex'))).toThrow('found kind 7');
});
