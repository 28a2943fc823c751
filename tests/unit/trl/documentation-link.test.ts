import { expect, test } from 'vitest';
import { documentationLink } from '../../../src/trl/documentation-link.ts';

test('TRL’s page on a trainer is named after its module, and stands under its release', () => {
  expect(documentationLink('1.16.0', 'trl.experimental.gkd.gkd_trainer')).toBe(
    'https://huggingface.co/docs/trl/v1.16.0/en/gkd_trainer',
  );
});
