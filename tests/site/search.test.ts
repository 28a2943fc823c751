import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { readContent } from '../../src/collections/read-content.ts';
import { builtSite } from './built-site.ts';

const { site } = builtSite();
const source = await readContent(process.env.CONTENT_DIR ?? 'content');

const fragmentSchema = z.object({
  url: z.string(),
  content: z.string(),
  filters: z.record(z.string(), z.array(z.string())),
  meta: z.object({ title: z.string() }),
});
const fragments = [...site.paths]
  .filter((path) => path.startsWith('pagefind/fragment/'))
  .map((path) =>
    gunzipSync(site.read(path))
      .toString('utf8')
      .replace(/^pagefind_dcd/, ''),
  )
  .map((json) => fragmentSchema.parse(JSON.parse(json)));
const byUrl = new Map(fragments.map((fragment) => [fragment.url, fragment]));

test('every published entry is in the index with its kind and its trainers', () => {
  const kinds = {
    annotated: 'Annotated trainer',
    guides: 'Reference guide',
    scripts: 'Example script',
  } as const;
  for (const folder of ['annotated', 'guides', 'scripts'] as const) {
    for (const { ref, data } of source[folder].filter((entry) => !entry.data.draft)) {
      const names = data.trainers.map(
        (slug) => source.trainers.find((trainer) => trainer.slug === slug)?.name,
      );
      expect(byUrl.get(`/${ref}/`)).toMatchObject({
        meta: { title: data.title },
        filters: {
          kind: [kinds[folder]],
          ...(names.length > 0 ? { trainer: expect.arrayContaining(names) } : {}),
        },
      });
    }
  }
});

test('every learning path is in the index as one, with its reasons and questions, without buttons', () => {
  expect(source.paths.length).toBeGreaterThan(0);
  for (const { slug, title, steps } of source.paths) {
    const found = byUrl.get(`/paths/${slug}/`);
    expect(found).toMatchObject({ meta: { title }, filters: { kind: ['Learning path'] } });
    expect(found?.content).toContain(steps[0]?.why.slice(0, 30));
    expect(found?.content).not.toContain('Mark as read');
  }
});

test('every glossary term is in the index once, at its place in the glossary', () => {
  const terms = fragments.filter(({ filters }) => filters.kind?.includes('Glossary term'));
  expect(terms.map(({ url, meta }) => `${url} ${meta.title}`).sort()).toEqual(
    source.glossary.map(({ id, term }) => `/glossary/#${id} ${term}`).sort(),
  );
});

test('every config field that a page describes is in the index with its type and default', () => {
  const fields = fragments.filter(({ filters }) => filters.kind?.includes('Config field'));
  for (const { data, ref } of source.annotated.filter((entry) => !entry.data.draft)) {
    const configs = source.trainers
      .filter(({ slug }) => data.trainers.includes(slug))
      .map(({ config }) => config);
    for (const config of configs) {
      const release = source.facts.find(({ classes }) => classes.some(({ name }) => name === config));
      const own = release?.classes
        .find(({ name }) => name === config)
        ?.fields.filter((field) => field.inherited_from === null);
      for (const field of own ?? []) {
        const found = fields.find(({ url }) => url === `/${ref}/#${config}.${field.name}`);
        expect(found?.content, `${config}.${field.name}`).toContain(field.default ?? field.name);
      }
    }
  }
  expect(fields.length).toBeGreaterThan(0);
});
