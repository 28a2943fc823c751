import type { Plugin } from 'vite';

/**
 * Leaves dynamic imports to the browser. Vite wraps each one to preload what the fetched module imports and
 * its stylesheets; here no module has a stylesheet of its own, and the wrapper weighs more on every page than
 * most of the scripts that it would speed up.
 */
export function bareDynamicImports(): Plugin {
  return {
    name: 'bare-dynamic-imports',
    enforce: 'pre',
    configEnvironment(name) {
      return name === 'client'
        ? { build: { modulePreload: { polyfill: false, resolveDependencies: () => [] } } }
        : undefined;
    },
    load(id) {
      return id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load();' : undefined;
    },
  };
}
