import { expect, test } from 'vitest';
import { readContent } from '../../../src/collections/read-content.ts';
import { cardAlt, cardOf, cardPath } from '../../../src/share/card.ts';

const source = await readContent('content');

test('an entry’s card names its kind, its trainer’s class and family, and the release that has the trainer', () => {
  expect(cardOf('trainers/dpo', 'DPOTrainer, annotated', source)).toEqual({
    title: 'DPOTrainer, annotated',
    kind: 'Annotated trainer',
    trainer: 'DPOTrainer',
    family: 'preference',
    release: '1.16.0',
  });
  expect(cardOf('trainers/ppo', 'PPOTrainer, annotated', source).release).toBe('1.12.0');
});

test('a page that surveys trainers names none', () => {
  const survey = source.guides.find(({ data }) => data.trainers.length !== 1 && data.trainers.length !== 2);
  expect(cardOf(survey?.ref ?? '', 'x', source)).toMatchObject({
    kind: 'Reference guide',
    trainer: undefined,
    family: undefined,
  });
});

test('home says what the site is for; pages on errors name no release', () => {
  expect(cardAlt(cardOf('', 'The Annotated Trainers', source))).toBe(
    'How TRL’s trainers work, line by line. TRL 1.16.0.',
  );
  expect(cardAlt(cardOf('errors/link-broken', 'Error link-broken', source))).toBe(
    'Error link-broken. For authors.',
  );
  expect(cardAlt(cardOf('choose', 'Which trainer should I use?', source))).toBe(
    'Which trainer should I use? TRL 1.16.0.',
  );
});

test('pictures lie below og/, by the address of their page', () => {
  expect([cardPath(''), cardPath('glossary'), cardPath('trainers/dpo')]).toEqual([
    '/og/index.png',
    '/og/glossary.png',
    '/og/trainers/dpo.png',
  ]);
});
