import { sigmoid } from '../logistic.ts';

/** What shapes KTO's loss, under the names of `KTOConfig`. */
export interface KTOSettings {
  beta: number;
  desirableWeight: number;
  undesirableWeight: number;
  /** The reference point z₀ in nats. TRL cuts it at 0. */
  z0: number;
}

/** What one answer is worth to KTO. */
export interface AnswerValue {
  /** β(ℓ - z₀): the implied reward above the reference point. */
  gain: number;
  /** λ σ(±gain), between 0 and λ. */
  value: number;
  /** λ - value. */
  loss: number;
  /** -dL/dℓ, with z₀ held: positive makes the answer likelier. */
  push: number;
}

/**
 * KTO (2402.01306) of one answer whose log-ratio is `logRatio`, in nats, as `KTOTrainer` of TRL 1.16.0 has it
 * before the mean over the batch (`content/distilled/kto.py`, kto and weighted_loss).
 */
export function answerValue(logRatio: number, wanted: boolean, settings: KTOSettings): AnswerValue {
  const side = wanted ? 1 : -1;
  const weight = wanted ? settings.desirableWeight : settings.undesirableWeight;
  const gain = settings.beta * (logRatio - settings.z0);
  const share = sigmoid(side * gain);
  return {
    gain,
    value: weight * share,
    loss: weight * sigmoid(-side * gain),
    push: side * weight * settings.beta * share * sigmoid(-side * gain) + 0,
  };
}

/** The curve of human choices: how fast feeling flattens, and how much more a loss weighs than a gain. */
export interface ProspectSettings {
  alpha: number;
  aversion: number;
}

/** Prospect theory's value of an outcome `gain` above (or below) what was expected (Tversky, Kahneman 1992). */
export function prospectValue(gain: number, { alpha, aversion }: ProspectSettings): number {
  return gain >= 0 ? gain ** alpha : -aversion * (-gain) ** alpha;
}

/** The logistic function shifted and scaled to value 0 and slope 1 at its centre. */
export function scaledLogistic(gain: number): number {
  return 4 * sigmoid(gain) - 2;
}
