import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readPage } from '../../src/checks/dist/page.ts';
import { readText } from '../../src/checks/dist/site-files.ts';
import { explorers } from '../../src/explorers/registry.ts';
import { builtSite } from './built-site.ts';

/** What an explorer may weigh beyond what explorers share, gzipped. */
const budget = 15 * 1024;

const { site } = builtSite();
const assets = [...site.paths].filter((path) => path.startsWith('_astro/'));
const files = new Map(assets.map((path) => [path.slice('_astro/'.length), path]));
const source = (file: string) => readText(site, `_astro/${file}`);

/** The built files that a script names: what it imports, and the style sheets that it puts in. */
function named(script: string): string[] {
  const names = source(script).matchAll(/[\w.-]+\.(?:js|css)\b/g);
  return [...names].map(([name]) => name).filter((name) => name !== script && files.has(name));
}

/** A script, and all that it fetches when it starts. */
function fetched(script: string, seen = new Set<string>()): Set<string> {
  if (seen.has(script)) return seen;
  seen.add(script);
  for (const name of named(script)) {
    if (name.endsWith('.js')) fetched(name, seen);
    else seen.add(name);
  }
  return seen;
}

const entries = explorers.map(({ name }) => {
  const found = [...files.keys()].filter((file) => file.startsWith(`${name}.client.`));
  return { name, entry: found[0] ?? '', found: found.length };
});
const closures = new Map(
  entries.map(({ name, entry }) => [name, entry ? fetched(entry) : new Set<string>()]),
);
const users = (file: string) => [...closures.values()].filter((closure) => closure.has(file)).length;
const weight = (list: Iterable<string>) =>
  [...list].reduce((sum, file) => sum + gzipSync(source(file)).length, 0);

describe.each(entries)('the explorer $name', ({ name, found }) => {
  const closure = closures.get(name) ?? new Set();
  const own = [...closure].filter((file) => users(file) === 1);

  test('is one chunk of its own, and light', () => {
    expect(found).toBe(1);
    expect(weight(own), own.join(', ')).toBeLessThan(budget);
  });

  test('is in no page before a reader comes near', () => {
    const pages = [...site.paths].filter((path) => path.endsWith('.html'));
    const eager = pages.filter((path) => {
      const html = readText(site, path);
      return own.some((file) => html.includes(file));
    });
    expect(eager).toEqual([]);
  });
});

test('what explorers share is light too', () => {
  const shared = new Set([...closures.values()].flatMap((closure) => [...closure]));
  expect(weight([...shared].filter((file) => users(file) > 1))).toBeLessThan(12 * 1024);
});

test('the list names every explorer, and links to where it stands', () => {
  const page = readPage(site, 'explorers/index.html');
  const links = page.elements.flatMap(({ attributes }) => attributes.href ?? []);
  for (const { name } of explorers)
    expect(links.filter((href) => href.endsWith(`#explorer-${name}`)).length, name).toBeGreaterThan(1);
});
