import { expect, test } from 'vitest';
import {
  breadcrumbThing,
  type DescribedEntry,
  entryThing,
  jsonLd,
  pathThing,
} from '../../../src/share/structured-data.ts';

const site = { name: 'Site', url: 'https://example.org/docs/', license: undefined };
const page = {
  title: 'DPO </script><!-- annotated',
  description: 'How it works.',
  url: 'https://example.org/docs/trainers/dpo/',
  image: 'https://example.org/docs/og/trainers/dpo.png',
};
const entry: DescribedEntry = {
  ...page,
  kind: 'annotated',
  data: { covers: ['the loss'], difficulty: 2 },
  minutes: 40,
  published: '2026-10-01',
  updated: '2026-11-24',
  card: { trainer: 'DPOTrainer', release: '1.16.0' },
};

test('an annotated trainer is a technical article about a class of one release', () => {
  expect(entryThing(entry, site)).toMatchObject({
    '@type': 'TechArticle',
    headline: page.title,
    datePublished: '2026-10-01',
    dateModified: '2026-11-24',
    timeRequired: 'PT40M',
    dependencies: 'TRL 1.16.0',
    about: { '@type': 'SoftwareSourceCode', name: 'TRL DPOTrainer', version: '1.16.0' },
  });
});

test('only the ends of the scale have a word of schema.org', () => {
  const level = (difficulty: number) =>
    entryThing({ ...entry, data: { ...entry.data, difficulty } }, site).proficiencyLevel;
  expect([1, 2, 3, 4].map(level)).toEqual(['Beginner', undefined, undefined, 'Expert']);
});

test('a script is a learning resource, and so is a path with its steps', () => {
  expect(entryThing({ ...entry, kind: 'script' }, site)).toMatchObject({
    '@type': 'LearningResource',
    name: page.title,
    learningResourceType: 'Example script',
    teaches: ['the loss'],
  });
  const steps = [{ name: 'One', url: 'https://example.org/docs/guides/one/' }];
  expect(pathThing({ ...page, minutes: 90, steps }, site)).toMatchObject({
    '@type': 'LearningResource',
    timeRequired: 'PT90M',
    hasPart: [{ '@type': 'CreativeWork', ...steps[0] }],
  });
});

test('what nobody knows is not said', () => {
  const text = jsonLd([entryThing({ ...entry, published: undefined, updated: undefined }, site)]);
  for (const name of ['datePublished', 'dateModified', 'license', 'proficiencyLevel'])
    expect(text).not.toContain(name);
});

test('breadcrumbs are numbered, and end at the page itself', () => {
  expect(breadcrumbThing([{ label: 'Guides', path: '/guides/' }], 'DPO', site)).toEqual({
    '@type': 'BreadcrumbList',
    itemListElement: [
      { '@type': 'ListItem', position: 1, name: 'Guides', item: 'https://example.org/docs/guides/' },
      { '@type': 'ListItem', position: 2, name: 'DPO' },
    ],
  });
});

test('no title can end the script element', () => {
  const text = jsonLd([entryThing(entry, site)]);
  expect(text).not.toContain('<');
  expect(JSON.parse(text)['@graph'][0].headline).toBe(page.title);
});
