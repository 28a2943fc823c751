import type { Plugin } from 'vite';
import { smallFaces, withRests } from './small-faces.ts';

/**
 * Keeps only the woff2 files of KaTeX's stylesheet: every browser that runs the site reads them. Faces of which we
 * have the common letters in a small file get a second rule for those. What no page uses is taken out of the built site (`trimKatex`).
 */
export function katexWoff2Only(): Plugin {
  return {
    name: 'katex-woff2-only',
    enforce: 'pre',
    transform(css, id) {
      if (!/\/katex\/dist\/katex(\.min)?\.css/.test(id)) return undefined;
      const woff2 = css.replace(/,\s*url\([^)]*\.(?:woff|ttf)\)\s*format\(["'](?:woff|truetype)["']\)/g, '');
      const firstRule = woff2.indexOf('.katex{');
      // `?url` makes a module of the sheet first, which has no rules in it.
      if (firstRule < 0) return undefined;
      return `${withRests(woff2.slice(0, firstRule))}${smallFaces()}${woff2.slice(firstRule)}`;
    },
  };
}
