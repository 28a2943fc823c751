import { expect, test } from 'vitest';
import { lastChange } from '../../../src/share/sitemap-dates.ts';

const dates = new Map(
  ['annotated-trainers/dpo.mdx', 'example-scripts/dpo_training.py', 'learning-paths/rl.yaml'].map(
    (file, at) => [file, { first: '2026-01-01', last: `2026-11-0${at + 1}` }],
  ),
);

test.each([
  ['/trainers/dpo/', '2026-11-01'],
  ['/examples/dpo-training/', '2026-11-02'],
  ['/paths/rl/', '2026-11-03'],
  ['/guides/unknown/', undefined],
  ['/glossary/', undefined],
  ['/', undefined],
])('%s last changed on %s', (path, day) => {
  expect(lastChange(path, dates)).toBe(day);
});
