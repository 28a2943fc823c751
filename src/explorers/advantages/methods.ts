import {
  drGrpo,
  type Groups,
  grpo,
  grpoBatch,
  ppo,
  reinforcePlusPlus,
  rloo,
  rlooNormalised,
} from './formulas.ts';

/** What the methods look at: rewards by prompt, a value model's guess for each prompt, and how PPO goes on. */
export interface ScoredBatch {
  groups: Groups;
  values: readonly number[];
  whiten: boolean;
}

/** A way to turn the rewards of a batch into advantages, and which formula of which source it is. */
export interface AdvantageMethod {
  name: string;
  /** As HTML. */
  formula: string;
  /** Where the formula stands: a trainer's setting, or a paper. As HTML. */
  source: string;
  advantages: (batch: ScoredBatch) => number[][];
}

const spread = 'r − mean<sub>group</sub>';

/** In the order in which they are drawn. */
export const methods = [
  {
    name: 'GRPO, scale_rewards="group"',
    formula: `(${spread}) / (std<sub>group</sub> + 10⁻⁴)`,
    source: '<code>GRPOTrainer</code>, its default',
    advantages: ({ groups }) => grpo(groups),
  },
  {
    name: 'GRPO, scale_rewards="batch"',
    formula: `(${spread}) / (std<sub>batch</sub> + 10⁻⁴)`,
    source: '<code>GRPOTrainer</code>; 2508.08221',
    advantages: ({ groups }) => grpoBatch(groups),
  },
  {
    name: 'Dr. GRPO, scale_rewards="none"',
    formula: spread,
    source: '<code>GRPOTrainer</code>; 2503.20783',
    advantages: ({ groups }) => drGrpo(groups),
  },
  {
    name: 'RLOO',
    formula: 'r − mean<sub>others of the group</sub>',
    source: '<code>RLOOTrainer</code>, its default; 2402.14740',
    advantages: ({ groups }) => rloo(groups),
  },
  {
    name: 'RLOO, normalize_advantages',
    formula: '(A − mean<sub>batch</sub>) / (std<sub>batch</sub> + 10⁻⁴) of RLOO’s A',
    source: '<code>RLOOTrainer</code>; up to the 10⁻⁴ REINFORCE++ with baseline, 2501.03262',
    advantages: ({ groups }) => rlooNormalised(groups),
  },
  {
    name: 'REINFORCE++, no groups',
    formula: '(r − mean<sub>batch</sub>) / (std<sub>batch</sub> + 10⁻⁴)',
    source: '2501.03262, without its KL; not in TRL. Its std and 10⁻⁴ are taken as in the rows above',
    advantages: ({ groups }) => reinforcePlusPlus(groups),
  },
  {
    name: 'PPO with a value',
    formula: 'r − V(prompt)',
    source:
      '<code>PPOTrainer</code> of TRL 1.12.0, first token: one reward at the end, γ = λ = 1, no KL; it then whitens over the batch',
    advantages: ({ groups, values, whiten }) => ppo(groups, values, whiten),
  },
] as const satisfies readonly AdvantageMethod[];
