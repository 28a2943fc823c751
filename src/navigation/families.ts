import { type Family, families } from '../collections/family.ts';
import type { Trainer } from '../collections/trainer.ts';

/** What headings call each family, and its one-line description. */
export const familyLabels: Record<Family, { name: string; what: string }> = {
  supervised: { name: 'Supervised', what: 'imitate given completions' },
  preference: { name: 'Preference', what: 'learn from judged completions, offline' },
  reward: { name: 'Reward', what: 'learn to score completions' },
  rl: { name: 'Reinforcement learning', what: 'sample, score, push up what scores well' },
  'online-preference': {
    name: 'Online preference',
    what: 'sample pairs, judge them, learn from the verdict',
  },
  distillation: { name: 'Distillation', what: "follow a teacher's distribution" },
};

export interface FamilyGroup {
  family: Family;
  trainers: Trainer[];
}

/** Trainers by family, families in their fixed order, empty ones left out; the order of trainers is kept. */
export function byFamily(trainers: readonly Trainer[]): FamilyGroup[] {
  return families
    .map((family) => ({ family, trainers: trainers.filter((trainer) => trainer.family === family) }))
    .filter((group) => group.trainers.length > 0);
}
