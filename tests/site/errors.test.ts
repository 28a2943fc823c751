import { expect, test } from 'vitest';
import { readPage } from '../../src/checks/dist/page.ts';
import { budget, weigh } from '../../src/checks/dist/page-weight.ts';
import { referencesOf } from '../../src/checks/dist/references.ts';
import { readText } from '../../src/checks/dist/site-files.ts';
import { errorCodes } from '../../src/errors/error-code.ts';
import { schemaFiles } from '../../src/json-schemas/schemas.ts';
import { builtSite } from './built-site.ts';

const context = builtSite();
const { site, base } = context;
const linksOf = (path: string) => referencesOf(readPage(site, path)).map(({ href }) => href);

test('every code has a page, and the list of errors links to each once', () => {
  const links = linksOf('errors/index.html');
  for (const code of errorCodes) {
    expect(site.paths).toContain(`errors/${code}/index.html`);
    expect([code, links.filter((href) => href === `${base}errors/${code}/`).length]).toEqual([code, 1]);
  }
});

test('every page leads to the list of errors, by its footer', () => {
  for (const path of ['index.html', 'status/index.html', 'errors/trainer-unknown/index.html']) {
    expect(linksOf(path)).toContain(`${base}errors/`);
  }
});

test('a page shows the broken lines, what the check prints, and the mended lines', () => {
  const html = readText(site, 'errors/trainer-unknown/index.html');
  const text = html.replace(/<[^>]+>/g, '');
  expect(text).toContain('content/reference-guides/dpo-loss.mdx, broken');
  expect(text).toContain(
    'content/reference-guides/dpo-loss.mdx:5:12  trainer-unknown  the registry has no trainer',
  );
  expect(text).toContain('            ^^^^');
  expect(text).toContain('content/reference-guides/dpo-loss.mdx, mended');
});

test('pages on errors are light, and no script of their own comes with them', () => {
  for (const code of errorCodes) {
    const { html, css, js } = weigh(readPage(site, `errors/${code}/index.html`), context);
    expect([code, html + css + js < budget.total, js < budget.js]).toEqual([code, true, true]);
  }
});

test('the text of the pages stays out of the search, and the pages out of the sidebar', () => {
  for (const code of errorCodes) {
    expect(readText(site, `errors/${code}/index.html`)).not.toContain('data-pagefind-body');
  }
  const [entry = ''] = [...site.paths].filter((path) => /^guides\/[^/]+\/index\.html$/.test(path));
  expect(linksOf(entry).filter((href) => href.startsWith(`${base}errors/`))).toEqual([`${base}errors/`]);
});

test('the JSON Schemas are published as they are made', () => {
  for (const [name, text] of schemaFiles()) expect(readText(site, `schemas/${name}`)).toBe(text);
});
