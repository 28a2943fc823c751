import type { Plugin } from 'vite';

/** Keeps only the woff2 files of KaTeX's stylesheet: every browser that runs the site reads them. */
export function katexWoff2Only(): Plugin {
  return {
    name: 'katex-woff2-only',
    enforce: 'pre',
    transform(css, id) {
      if (!/\/katex\/dist\/katex(\.min)?\.css/.test(id)) return undefined;
      return css.replace(/,\s*url\([^)]*\.(?:woff|ttf)\)\s*format\(["'](?:woff|truetype)["']\)/g, '');
    },
  };
}
