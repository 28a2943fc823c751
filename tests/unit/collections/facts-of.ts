import { type Facts, factsSchema } from '../../../src/collections/facts.ts';

/** Facts of a release that has nothing. */
export function factsOf(trl: string): Facts {
  return factsSchema.parse({
    ...{ trl, tag: `v${trl}`, released: '', python: '', transformers: '', torch: '' },
    ...{ classes: [], functions: [], external: {} },
  });
}
