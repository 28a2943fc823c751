/** Pure modules whose tests are held against mutants, and the tests that are to tell the mutants apart. */
export interface ModuleGroup {
  /** Globs of the sources that are mutated, from the root of the checkout. */
  sources: readonly string[];
  /** Globs of the tests that are run: quick ones that start no process and need no build. */
  tests: readonly string[];
}

const explorer = (name: string, ...files: string[]) =>
  files.map((file) => `src/explorers/${name}/${file}.ts`);

/** What `npm run mutation` names, in the order in which it runs. */
export const moduleGroups = {
  trl: {
    sources: ['src/trl/*.ts'],
    tests: ['tests/unit/trl/**/*.test.ts'],
  },
  coverage: {
    sources: ['src/coverage/*.ts'],
    tests: ['tests/unit/coverage/**/*.test.ts'],
  },
  markdown: {
    sources: ['src/markdown/*.ts'],
    tests: ['tests/unit/markdown/**/*.test.ts'],
  },
  // The loader of pictures is Astro's interface: a built site tells whether it hands on what was found. The schemas'
  // words are held by the JSON Schemas that are published of them.
  collections: {
    sources: ['src/collections/!(pictures-loader).ts'],
    tests: [
      'tests/unit/collections/**/*.test.ts',
      'tests/unit/content/*.test.ts',
      'tests/unit/json-schemas/command.test.ts',
    ],
  },
  // The formulas only: what draws (views, charts, panels) and what says it in words is looked at, not computed.
  // The tests of views are left out too: a wrong number must not be told by the picture alone.
  explorers: {
    sources: [
      ...explorer('advantages', 'formulas', 'methods'),
      ...explorer('clipping', 'curves', 'methods'),
      ...explorer('gae', 'estimate'),
      ...explorer('kl-estimators', 'estimators', 'distributions', 'averaged', 'draw'),
      ...explorer('kto-value', 'value'),
      ...explorer('masks', 'batch', 'packing', 'pipeline', 'template', 'tokenizer', 'modes'),
      ...explorer('memory', 'formulas'),
      ...explorer('preference-losses', 'dpo-losses', 'sibling-losses', 'curves'),
      'src/explorers/logistic.ts',
      'src/explorers/statistics.ts',
    ],
    tests: ['tests/unit/explorers/**/!(view).test.ts'],
  },
} as const satisfies Record<string, ModuleGroup>;

export type GroupName = keyof typeof moduleGroups;
export const groupNames = Object.keys(moduleGroups).filter((name): name is GroupName => name in moduleGroups);
