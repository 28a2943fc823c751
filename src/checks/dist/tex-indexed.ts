import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { problem } from '../../errors/problem.ts';
import type { SiteCheck } from './check.ts';
import { readText, type SiteFiles } from './site-files.ts';

/** Pagefind's fragments begin with this mark, then comes JSON. */
const MARK = 'pagefind_dcd';

const fragmentSchema = z.object({ url: z.string(), content: z.string() });

/** Commands that only TeX has. `\n…` and `\t…` are left out: strings of code hold them. */
const tex =
  /\\(?:frac|mathrm|mathbb|mathcal|operatorname|pi|theta|sigma|beta|log|sum|left|right|mid|cdot|exp|mathbf|ldots)(?![a-z])/;

/**
 * No page of the search index holds TeX source: nobody searches for it, and excerpts would show it. An imported page
 * may say `\frac` in its prose, which stays as it was written.
 */
export const checkTexIndexed: SiteCheck = ({ site }) =>
  [...site.paths]
    .filter((path) => path.startsWith('pagefind/fragment/'))
    .flatMap((path) => {
      const text = gunzipSync(site.read(path)).toString('utf8');
      const { url, content } = fragmentSchema.parse(
        JSON.parse(text.slice(text.startsWith(MARK) ? MARK.length : 0)),
      );
      const [found] = tex.exec(content) ?? [];
      if (!found || isImported(url, site)) return [];
      const at = content.indexOf(found);
      const place = { file: `${site.name}/${path}`, line: 1, column: 1 };
      const excerpt = content.slice(Math.max(0, at - 30), at + 50);
      return [
        problem(
          'tex-indexed',
          place,
          `expected words in the index of ${url}, found ${found} in "…${excerpt}…"`,
        ),
      ];
    });

function isImported(url: string, site: SiteFiles): boolean {
  const file = `${url.replace(/^\/|[?#].*$/g, '')}index.html`;
  return site.paths.has(file) && readText(site, file).includes(' data-imported');
}
