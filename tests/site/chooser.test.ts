import { expect, test } from 'vitest';
import { readPage } from '../../src/checks/dist/page.ts';
import { readContent } from '../../src/collections/read-content.ts';
import { whenNotId } from '../../src/markdown/when-not.ts';
import { isTrainerName, trainerNames } from '../../src/memory/trainer-profiles.ts';
import { builtSite } from './built-site.ts';

const { site } = builtSite();
const { chooser, annotated, trainers } = await readContent(process.env.CONTENT_DIR ?? 'content');
const results = chooser?.results ?? [];
const page = readPage(site, 'choose/index.html');
const withAttribute = (name: string) =>
  page.elements.flatMap(({ attributes }) => {
    const value = attributes[name];
    return value === undefined ? [] : [{ value, href: attributes.href ?? '' }];
  });

test('the page holds every question with its answers, and every result once', () => {
  expect(
    withAttribute('data-question')
      .map(({ value }) => value)
      .sort(),
  ).toEqual(chooser?.questions.map(({ id }) => id).sort());
  expect(
    withAttribute('data-answer')
      .map(({ value }) => value)
      .sort(),
  ).toEqual(chooser?.questions.flatMap(({ answers }) => answers.map(({ id }) => id)).sort());
  const shown = page.elements.flatMap(({ attributes }) =>
    attributes.id?.startsWith('take-') ? [attributes['data-result']] : [],
  );
  expect(shown.sort()).toEqual(results.map(({ id }) => id).sort());
});

test('a documented trainer’s result leads to the paragraph that says when not to use it', () => {
  const links = withAttribute('data-when-not');
  for (const slug of new Set(results.flatMap(({ take }) => take))) {
    const own = links.filter(({ value }) => value === slug).map(({ href }) => href);
    expect(own.length, slug).toBeGreaterThan(0);
    const documented = annotated.some(({ id }) => id === slug);
    for (const href of own)
      expect(href).toMatch(
        new RegExp(documented ? `/trainers/${slug}/#${whenNotId}$` : `/trainers/#${slug}$`),
      );
    if (!documented) continue;
    const paragraph = readPage(site, `trainers/${slug}/index.html`).elements.filter(
      ({ attributes }) => attributes.id === whenNotId,
    );
    expect(
      paragraph.map(({ tag }) => tag),
      slug,
    ).toEqual(['p']);
  }
});

test('the estimator is offered for every trainer that it knows, and for no other', () => {
  const taken = new Set(results.flatMap(({ take }) => take));
  const offered = new Set(withAttribute('data-memory').map(({ value }) => value));
  expect([...offered].sort()).toEqual([...taken].filter(isTrainerName).sort());
  expect([...offered].sort()).toEqual([...trainerNames].sort());
});

test('a result says so where its trainer is experimental or removed', () => {
  const told = new Set(withAttribute('data-standing').map(({ value }) => value));
  for (const slug of new Set(results.flatMap(({ take }) => take))) {
    const tier = trainers.find((each) => each.slug === slug)?.availability.at(-1)?.tier;
    expect(told.has(slug), slug).toBe(tier !== 'stable');
  }
});
