import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The built site that is tested. */
export const dist = process.env.DIST ?? 'dist';

if (!existsSync(dist)) {
  throw new Error(`expected the built site in ${dist}/, found none: run \`npm run build\` first`);
}

/** The path of every page: `/`, `/trainers/dpo/`, … and `/404.html`. */
export const pages: readonly string[] = readdirSync(dist, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.html'))
  .map((file) => (file.endsWith('index.html') ? `/${join(dirname(file), '/')}` : `/${file}`))
  .map((path) => path.replace(/^\/\.?\/+/, '/'))
  .sort();

/** The pages that are opened one by one. Those on errors are made by one template: errors.spec.ts opens them all. */
export const openedPages = pages.filter((path) => !/^\/errors\/(?!trainer-unknown\/).+/.test(path));

/** One page of each kind: the pages below one folder look alike. */
export const kindsOfPage: readonly string[] = [
  ...new Map(pages.map((path) => [path.replace(/^(\/[^/]+\/)[^/]+\/$/, '$1*'), path])).values(),
];

/** A page that has what most tests look at; it and its kind must exist. */
export const annotated = '/trainers/dpo/';
export const guide = '/guides/dpo-loss/';
export const example = '/examples/dpo-training/';
