import { expect, test } from 'vitest';
import { readPage } from '../../src/checks/dist/page.ts';
import { readText } from '../../src/checks/dist/site-files.ts';
import { readDigests } from '../../src/collections/digests.ts';
import { readContent } from '../../src/collections/read-content.ts';
import { coverageOf } from '../../src/coverage/from-source.ts';
import { renderMarkdown } from '../../src/coverage/render-markdown.ts';
import { coverageSchema } from '../../src/coverage/report-schema.ts';
import { builtSite } from './built-site.ts';

const { site } = builtSite();
const contentDir = process.env.CONTENT_DIR ?? 'content';
const published = coverageSchema.parse(JSON.parse(readText(site, 'status.json')));

test('status.json is the report of the content folder as it is now', async () => {
  const source = await readContent(contentDir);
  const now = coverageOf(source, await readDigests(source, contentDir));
  // Pages are named by files relative to where the build ran.
  const withoutFiles = ({ pages, ...rest }: typeof now) => ({
    ...rest,
    pages: pages.map(({ file, ...page }) => page),
  });
  expect(withoutFiles(published)).toEqual(withoutFiles(now));
});

test('STATUS.md is the same report', () => {
  expect(readText(site, 'STATUS.md')).toBe(renderMarkdown(published));
});

test('the status page has a row for each trainer and for each check', () => {
  const { html, elements } = readPage(site, 'status/index.html');
  for (const { name } of published.trainers)
    expect(html).toMatch(new RegExp(`<th scope="row"[^>]*>${name}</th>`));
  const ids = new Set(elements.map(({ attributes }) => attributes.id));
  for (const { id } of published.checks) expect(ids).toContain(`check-${id.replaceAll('/', '-')}`);
});

test('every published page of the report is in the site', () => {
  for (const { ref, draft } of published.pages) expect(site.paths.has(`${ref}/index.html`)).toBe(!draft);
});
