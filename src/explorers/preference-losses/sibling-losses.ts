import { logSigmoid, sigmoid } from '../logistic.ts';
import {
  apart,
  falling,
  meanLogProb,
  overMargin,
  overMeanMargin,
  type PreferenceLoss,
  referenceLoss,
  rising,
  smoothedLogistic,
} from './dpo-losses.ts';

/*
 * Neighbouring methods, placed on DPO's axes. They are given the log-probabilities that a pair would have if
 * the reference lost `referenceLoss` nats on each token of both answers. Formulas: src/python/vector_sets/preference_losses.py.
 */

const margin = overMargin(smoothedLogistic);

/**
 * CPO (2401.08417) with `CPOConfig.cpo_alpha` 1. Of the same length, the reference's log-probabilities cancel
 * in the margin; the second part is the chosen answer's loss per token.
 */
const cpo: PreferenceLoss = (chosen, rejected, settings) => {
  const { chosenTokens, rejectedTokens } = settings;
  const logProb = meanLogProb(chosen, chosenTokens);
  const base = margin(
    chosen - referenceLoss * chosenTokens,
    rejected - referenceLoss * rejectedTokens,
    settings,
  );
  return {
    loss: base.loss - logProb,
    byChosen: Number.isNaN(logProb) ? logProb : base.byChosen - 1 / chosenTokens,
    byRejected: base.byRejected,
  };
};

/** KTO (2402.01306), eq. 7, on the pair as two examples. */
const kto: PreferenceLoss = (chosen, rejected, settings) => {
  const { loss, byChosen, byRejected } = apart(rising, falling)(
    chosen - settings.z0,
    rejected - settings.z0,
    settings,
  );
  return { loss: loss / 2, byChosen: byChosen / 2, byRejected: byRejected / 2 };
};

/** log p/(1-p) of p = e^mean, and its derivative by the mean. */
function logOdds(mean: number): [value: number, slope: number] {
  const rest = -Math.expm1(mean);
  return [mean - Math.log(rest), 1 / rest];
}

/** ORPO (2403.07691), eq. 6; TRL's first part also counts the prompt's tokens. */
const orpo: PreferenceLoss = (chosen, rejected, { beta, chosenTokens, rejectedTokens }) => {
  const mean = meanLogProb(chosen, chosenTokens);
  const [w, wSlope] = logOdds(mean);
  const [l, lSlope] = logOdds(meanLogProb(rejected, rejectedTokens));
  const push = beta * sigmoid(l - w);
  return {
    loss: -mean - beta * logSigmoid(w - l),
    byChosen: (-1 - push * wSlope) / chosenTokens,
    byRejected: (push * lSlope) / rejectedTokens,
  };
};

export const siblingLosses = {
  cpo,
  simpo: overMeanMargin(smoothedLogistic, ({ simpoGamma }) => simpoGamma),
  kto,
  orpo,
} as const satisfies Record<string, PreferenceLoss>;
