import type { Plugin } from 'vite';

/** Faces that no formula of the notation asks for: `\mathfrak`, `\mathsf`, `\mathscr`, `\mathtt`. */
const unusedFaces = /[^{}]+\{[^{}]*KaTeX_(?:Fraktur|SansSerif|Script|Typewriter)[^{}]*\}/g;

/**
 * Keeps only the woff2 files of KaTeX's stylesheet: every browser that runs the site reads them. And only the
 * faces that are used: with the others go their classes, so the check of KaTeX classes finds a formula in one.
 */
export function katexWoff2Only(): Plugin {
  return {
    name: 'katex-woff2-only',
    enforce: 'pre',
    transform(css, id) {
      if (!/\/katex\/dist\/katex(\.min)?\.css/.test(id)) return undefined;
      return css
        .replace(unusedFaces, '')
        .replace(/,\s*url\([^)]*\.(?:woff|ttf)\)\s*format\(["'](?:woff|truetype)["']\)/g, '');
    },
  };
}
