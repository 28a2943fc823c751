import type { Plugin } from 'vite';

/**
 * `import()` as the browser has it. Vite wraps each in a helper that fetches a chunk's own imports and style
 * sheets ahead; every page would load that helper, 0.8 KiB after gzip, for chunks of a few hundred bytes whose
 * style sheets are added by hand. (Astro sets `build.modulePreload` itself, after the project's configuration.)
 */
export function plainImports(): Plugin {
  return {
    name: 'plain-imports',
    apply: 'build',
    enforce: 'pre',
    configEnvironment: () => ({ build: { modulePreload: false } }),
    load: (id) =>
      id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load();' : undefined,
  };
}
