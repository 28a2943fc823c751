import { type Facts, factsSchema } from '../../../src/collections/facts.ts';
import type { RecordedRun } from '../../../src/collections/recorded-run.ts';
import { type Trainer, trainerSchema } from '../../../src/collections/trainer.ts';
import type { VerifiedCheck } from '../../../src/collections/verification.ts';
import type { Evidence } from '../../../src/coverage/verified.ts';

/** A digest that is a letter repeated: `digest('a')`. */
export const digest = (letter: string) => `sha256:${letter.repeat(64)}`;

/** A registry record; only what a test is about needs to be given. */
export function trainer(slug: string, given: Partial<Trainer> = {}): Trainer {
  const name = slug.toUpperCase();
  return trainerSchema.parse({
    slug,
    name,
    title: `${name} in full`,
    class: `${name}Trainer`,
    config: `${name}Config`,
    family: 'preference',
    summary: `What ${name} does.`,
    when_not: 'Never.',
    data: { columns: ['prompt'], format: 'preference' },
    models: ['policy'],
    generates: false,
    policy: 'off',
    difficulty: 1,
    memory: 1,
    aliases: [slug],
    priority: 1,
    availability: [{ tier: 'stable', since: '1.0.0' }],
    facts: '1.16.0',
    ...given,
  });
}

/** Facts of a release that hold nothing but the named trainer classes. */
export function release(trl: string, ...classes: string[]): Facts {
  return factsSchema.parse({
    trl,
    tag: `v${trl}`,
    released: '2026-10-15',
    python: '3.11',
    transformers: '5.23.0',
    torch: '2.13.0',
    classes: classes.map((name) => ({
      name,
      kind: 'trainer',
      module: 'trl',
      import_path: 'trl',
      tier: 'stable',
      file: 'trl/trainer.py',
      lines: [1, 2],
      bases: [],
    })),
    functions: [],
    external: {},
  });
}

/** A check of verification.json that passed; `a.py` (digest a) is its only input. */
export function check(given: Partial<VerifiedCheck> & Pick<VerifiedCheck, 'id' | 'kind'>): VerifiedCheck {
  return {
    trainers: ['dpo'],
    entry: null,
    title: `Check ${given.id}`,
    trl: '1.16.0',
    date: '2026-11-01',
    passed: 3,
    failed: 0,
    inputs: { 'a.py': digest('a') },
    versions: {},
    ...given,
  };
}

/** A recorded run of `dpo_training`, made from `a.py` (digest a). */
export function run(given: Partial<RecordedRun> = {}): RecordedRun {
  return {
    script: 'dpo_training',
    trainers: ['dpo'],
    args: ['--tiny'],
    date: '2026-11-02',
    seed: 0,
    inputs: { 'a.py': digest('a') },
    versions: { trl: '1.16.0' },
    hardware: '2 CPU cores',
    seconds: 40,
    peak_memory_mb: 900,
    series: {},
    results: {},
    output: [],
    samples: [],
    ...given,
  };
}

/** Evidence about DPO in 1.16.0 and PPO, which 1.12.0 had last; `a.py` has digest a. */
export function evidence(given: { checks?: VerifiedCheck[]; runs?: RecordedRun[] } = {}): Evidence {
  return {
    trainers: [trainer('dpo'), trainer('ppo', { priority: 2, family: 'rl' })],
    facts: [release('1.16.0', 'DPOTrainer'), release('1.12.0', 'DPOTrainer', 'PPOTrainer')],
    verification: { schema: 1, checks: given.checks ?? [] },
    runs: given.runs ?? [],
    digests: new Map([['a.py', digest('a')]]),
  };
}
