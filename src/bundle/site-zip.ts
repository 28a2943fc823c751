import { extname } from 'node:path';
import { type Zippable, zipSync } from 'fflate';
import type { BuiltSite } from './built-site.ts';

/** Compressed already: packing them again takes time and saves nothing. */
const packed = new Set([
  '.png',
  '.woff2',
  '.pagefind',
  '.pf_meta',
  '.pf_index',
  '.pf_filter',
  '.pf_fragment',
]);

/** What only hosts read that send what was compressed once. */
const forHosts = /\.(gz|br)$/;

/** The name of the folder in the zip, and of the zip without its ending. */
export function bundleName({ list, trl }: BuiltSite): string {
  return ['annotated-trainers', ...(trl ? ['trl', trl] : []), list.build.slice(0, 8)].join('-');
}

/**
 * The site as a zip: one folder with README.txt and, below the base path that the site was built for, its files.
 * The same site gives the same bytes, on any machine and at any time.
 */
export function siteZip(built: BuiltSite): Uint8Array {
  const { site, list } = built;
  const root = `${bundleName(built)}/`;
  const files: Zippable = { [`${root}README.txt`]: [new TextEncoder().encode(readme(built)), { level: 9 }] };
  for (const path of [...site.paths].sort()) {
    if (forHosts.test(path)) continue;
    const level = packed.has(extname(path)) ? 0 : 9;
    files[root + list.base.slice(1) + path] = [site.read(path), { level }];
  }
  // A zip has the time on the clock, without a zone: this is the same one everywhere.
  return zipSync(files, { mtime: new Date(1980, 0, 1), os: 3, attrs: 0o100644 << 16 });
}

/** How to open it. */
export function readme({ list, trl }: BuiltSite): string {
  return `The Annotated Trainers

Build ${list.build}${trl ? `, held to TRL ${trl}` : ''}.

To read it, serve this folder with any static file server. With Python, in this folder:

  python3 -m http.server 8000 --bind 127.0.0.1

then open http://localhost:8000${list.base}

Opening the files without a server does not work: browsers load neither scripts nor the search from file://.
No network is needed. On http://localhost any port will do.
`;
}
