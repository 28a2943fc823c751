import type { SupportModule } from '../collections/content-source.ts';

/** What the page of a script adds below its cells, by id. */
export const scriptSections = {
  'recorded-run': 'What the recorded runs did',
  bugs: 'The bugs, by name',
} as const;

/** The last part of a path. */
export function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** How a script is run: of an imported one nobody knows whether it has a tiny mode. */
export function runCommand(name: string, { verified }: { verified: boolean }): string {
  return `uv run ${name}${verified ? ' --tiny' : ''}`;
}

/** The support modules that a script imports, directly or through one another. */
export function importedModules(text: string, modules: readonly SupportModule[]): SupportModule[] {
  const found = new Set<SupportModule>();
  const follow = (source: string) => {
    for (const module of modules) {
      const name = fileName(module.file).replace(/\.py$/, '');
      if (found.has(module) || !new RegExp(`^\\s*(?:from|import)\\s+${name}\\b`, 'm').test(source)) continue;
      found.add(module);
      follow(module.text);
    }
  };
  follow(text);
  return modules.filter((module) => found.has(module));
}
