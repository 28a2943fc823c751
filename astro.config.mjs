import { resolve } from 'node:path';
import sitemap from '@astrojs/sitemap';
import { defineConfig } from 'astro/config';
import { bareDynamicImports } from './src/build/bare-imports.ts';
import { astroCache } from './src/build/kept-files.ts';
import { contentReader } from './src/collections/current-content.ts';
import { draftAddresses, showsDrafts, withoutDrafts } from './src/collections/drafts.ts';
import { contentErrors } from './src/dev/content-errors.ts';
import { serviceWorkerName } from './src/offline/file-list.ts';
import { searchInDev } from './src/search/dev-integration.ts';
import { sitemapDates } from './src/share/sitemap-dates.ts';
import { katexWoff2Only } from './src/styles/katex/woff2-only.ts';

const siteUrl = process.env.SITE_URL ?? 'https://annotated-trainers.example';
const base = process.env.BASE_PATH ?? '/';
const slashedBase = `/${base}/`.replace(/\/+/g, '/');
const contentDir = resolve(process.env.CONTENT_DIR ?? 'content');
const readAll = contentReader(contentDir);
const showsThem = showsDrafts(process.env);
const readCurrent = async () => (showsThem ? readAll() : withoutDrafts(await readAll()));
// A build with drafts is for review: search engines are not told of them.
const drafts = draftAddresses(await readAll());

export default defineConfig({
  site: siteUrl,
  base,
  outDir: process.env.BUILD_OUT ?? 'dist',
  cacheDir: astroCache({ contentDir, base: slashedBase, siteUrl, drafts: showsThem }),
  trailingSlash: 'always',
  build: { format: 'directory', inlineStylesheets: 'never' },
  // 'jsx' eats the space between inline elements that stand on lines of their own.
  compressHTML: true,
  prefetch: false,
  // Files of pages whose `cacheKey` is that of an earlier build are taken from there.
  experimental: { incrementalBuild: true },
  devToolbar: { enabled: false },
  integrations: [
    sitemap({
      filter: (page) => !page.endsWith('/404/') && ![...drafts].some((draft) => page.endsWith(`/${draft}/`)),
      serialize: sitemapDates(contentDir, slashedBase),
    }),
    searchInDev(readCurrent, slashedBase),
    contentErrors(contentDir, readAll, slashedBase),
  ],
  vite: {
    // Every script and font stays a file: a strict content security policy allows nothing inline.
    // One stylesheet for what most pages share, always in one order. KaTeX’s, and those of pages that come once
    // (home, catalogue, status, glossary, paths), are linked where they are needed.
    build: { assetsInlineLimit: 0, cssCodeSplit: false },
    plugins: [katexWoff2Only(), bareDynamicImports()],
    // The only worker of ours. One classic script at the root: a service worker answers for what lies below it.
    worker: { format: 'iife', rolldownOptions: { output: { entryFileNames: serviceWorkerName } } },
  },
});
