import { deviation, mean, whiteningScale } from '../statistics.ts';

/*
 * The advantage of each answer under methods that score whole answers. Formulas: content/distilled/grpo.py and
 * rloo.py, which tests hold equal to TRL 1.16.0, and ppo.py, held equal to TRL 1.12.0.
 */

/** Rewards of a batch, a row a prompt; all rows hold G answers, at least two. In units of reward. */
export type Groups = readonly (readonly number[])[];

/** TRL adds it to every standard deviation that it divides by: GRPOTrainer and RLOOTrainer alike. */
export const epsilon = 1e-4;

/** Whether a group tells nothing apart: its deviation is 0, within TRL's own tolerance (`torch.isclose`). */
export function isFlat(group: readonly number[]): boolean {
  return deviation(group) <= 1e-8;
}

const inGroups = (groups: Groups, map: (group: readonly number[]) => number[]) => groups.map(map);

const centred = (group: readonly number[]) => {
  const centre = mean(group);
  return group.map((reward) => reward - centre);
};

/** A_i = (r_i - mean of the group) / (std of the group + 1e-4): GRPO, `scale_rewards="group"`. */
export function grpo(groups: Groups): number[][] {
  return inGroups(groups, (group) => centred(group).map((value) => value / (deviation(group) + epsilon)));
}

/** A_i = (r_i - mean of the group) / (std of all rewards + 1e-4): GRPO, `scale_rewards="batch"`. */
export function grpoBatch(groups: Groups): number[][] {
  const spread = deviation(groups.flat()) + epsilon;
  return inGroups(groups, (group) => centred(group).map((value) => value / spread));
}

/** A_i = r_i - mean of the group: `scale_rewards="none"`, the advantage of Dr. GRPO (2503.20783). */
export function drGrpo(groups: Groups): number[][] {
  return inGroups(groups, centred);
}

/** A_i = r_i - mean of the other answers of its group: RLOO (2402.14740). */
export function rloo(groups: Groups): number[][] {
  return inGroups(groups, (group) => {
    const sum = group.reduce((total, reward) => total + reward, 0);
    return group.map((reward) => reward - (sum - reward) / (group.length - 1));
  });
}

/** RLOO's advantages, less their mean, over their std + 1e-4 in the batch: `RLOOConfig.normalize_advantages`. */
export function rlooNormalised(groups: Groups): number[][] {
  return normalised(rloo(groups));
}

/**
 * A_i = (r_i - mean of all rewards) / (std of all rewards + 1e-4): REINFORCE++ (2501.03262) without its KL.
 * Groups play no part. The paper leaves open how the std is taken; here as in TRL, with n-1 and 1e-4.
 */
export function reinforcePlusPlus(groups: Groups): number[][] {
  return normalised(groups);
}

/**
 * A_i = r_i - V of its prompt: PPO when the reward comes once, at the end, with λ = γ = 1 and no KL, for the
 * first token. `values`: one a prompt. `whiten`: as PPOTrainer does next, for answers of one token each.
 */
export function ppo(groups: Groups, values: readonly number[], whiten: boolean): number[][] {
  const raw = groups.map((group, prompt) => group.map((reward) => reward - (values[prompt] ?? 0)));
  if (!whiten) return raw;
  const all = raw.flat();
  const centre = mean(all);
  const scale = whiteningScale(all);
  return raw.map((row) => row.map((value) => (value - centre) * scale));
}

function normalised(groups: Groups): number[][] {
  const all = groups.flat();
  const centre = mean(all);
  const spread = deviation(all) + epsilon;
  return groups.map((group) => group.map((value) => (value - centre) / spread));
}
