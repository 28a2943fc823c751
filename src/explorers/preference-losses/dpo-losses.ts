import { logSigmoid, sigmoid } from '../logistic.ts';

/*
 * The losses of `DPOConfig.loss_type` in TRL 1.16.0, for one pair and the default divergence, where a score
 * is a log-ratio. Formulas: content/distilled/dpo.py, which tests hold equal to `DPOTrainer`. Siblings of DPO
 * stand in sibling-losses.ts.
 */

/** What the losses depend on besides the log-ratios; TRL's names and defaults where it has them. */
export interface LossSettings {
  beta: number;
  /** The share of flipped labels that is assumed, in [0, 0.5). */
  labelSmoothing: number;
  /** `CPOConfig.simpo_gamma`: what SimPO's scaled margin must exceed. */
  simpoGamma: number;
  /** KTO's reference point z₀, in nats: the drift from the reference that an answer must beat. */
  z0: number;
  chosenTokens: number;
  rejectedTokens: number;
}

/** A pair's loss and its derivatives by the log-ratios of chosen and rejected, a nat each. */
export interface LossValue {
  loss: number;
  byChosen: number;
  byRejected: number;
}

/** A loss of one pair from the log-ratios ℓ_w and ℓ_l, in nats. NaN where it is not defined. */
export type PreferenceLoss = (chosen: number, rejected: number, settings: LossSettings) => LossValue;

/** A curve over a scaled margin z: its value and its derivative by z. */
type Curve = (z: number, settings: LossSettings) => [value: number, slope: number];

/** `DPOConfig.discopop_tau`. */
const tau = 0.05;

const logistic = (z: number): [value: number, slope: number] => [-logSigmoid(z), -sigmoid(-z)];

const hinge: Curve = (z) => (z < 1 ? [1 - z, -1] : [0, 0]);

/** Binary cross-entropy of σ(z) to the label 1-ε. */
export const smoothedLogistic: Curve = (z, { labelSmoothing: e }) => [
  -(1 - e) * logSigmoid(z) - e * logSigmoid(-z),
  -(1 - e) * sigmoid(-z) + e * sigmoid(z),
];

const robust: Curve = (z, { labelSmoothing: e }) => [
  (-(1 - e) * logSigmoid(z) + e * logSigmoid(-z)) / (1 - 2 * e),
  (-(1 - e) * sigmoid(-z) - e * sigmoid(z)) / (1 - 2 * e),
];

/** Infinite without label smoothing, and refused by TRL: NaN. */
const exoPair: Curve = (z, { labelSmoothing: e }) => {
  if (e === 0) return [Number.NaN, Number.NaN];
  const q = sigmoid(z);
  const chosen = q * (logSigmoid(z) - Math.log1p(-e));
  const rejected = (1 - q) * (logSigmoid(-z) - Math.log(e));
  return [chosen + rejected, q * (1 - q) * (z - Math.log1p(-e) + Math.log(e))];
};

const discopop: Curve = (z) => {
  const gate = sigmoid(z / tau);
  const [soft, softSlope] = logistic(z);
  const steep = Math.exp(-z);
  const gateSlope = (gate * (1 - gate)) / tau;
  return [
    (1 - gate) * soft + gate * steep,
    gateSlope * (steep - soft) + (1 - gate) * softSlope - gate * steep,
  ];
};

/** A curve over z = βΔ. */
export function overMargin(curve: Curve): PreferenceLoss {
  return (chosen, rejected, settings) => {
    const [loss, slope] = curve(settings.beta * (chosen - rejected), settings);
    return { loss, byChosen: settings.beta * slope, byRejected: -settings.beta * slope };
  };
}

/** A curve over β times the difference of means per token, less `offset` of the settings. */
export function overMeanMargin(
  curve: Curve,
  offset: (settings: LossSettings) => number = () => 0,
): PreferenceLoss {
  return (chosen, rejected, settings) => {
    const { beta, chosenTokens, rejectedTokens } = settings;
    const [loss, slope] = curve(
      beta * (chosen / chosenTokens - rejected / rejectedTokens) - offset(settings),
      settings,
    );
    return { loss, byChosen: (beta * slope) / chosenTokens, byRejected: (-beta * slope) / rejectedTokens };
  };
}

/** A regression of the mean margin to 1/(2β). */
const ipo: PreferenceLoss = (chosen, rejected, { beta, chosenTokens, rejectedTokens }) => {
  const error = chosen / chosenTokens - rejected / rejectedTokens - 1 / (2 * beta);
  return {
    loss: error ** 2,
    byChosen: (2 * error) / chosenTokens,
    byRejected: (-2 * error) / rejectedTokens,
  };
};

/** A sum of one curve over βℓ_w and one over βℓ_l. */
export function apart(chosenCurve: Curve, rejectedCurve: Curve): PreferenceLoss {
  return (chosen, rejected, settings) => {
    const [w, wSlope] = chosenCurve(settings.beta * chosen, settings);
    const [l, lSlope] = rejectedCurve(settings.beta * rejected, settings);
    return { loss: w + l, byChosen: settings.beta * wSlope, byRejected: settings.beta * lSlope };
  };
}

const bump = (z: number) => sigmoid(z) * sigmoid(-z);

/** σ(z), the bounded loss of an answer that should fall. */
export const falling: Curve = (z) => [sigmoid(z), bump(z)];

/** 1-σ(z), the bounded loss of an answer that should rise. */
export const rising: Curve = (z) => [sigmoid(-z), -bump(z)];

const sppoHard: PreferenceLoss = (chosen, rejected, { beta }) => {
  const w = chosen - 0.5 / beta;
  const l = rejected + 0.5 / beta;
  return { loss: w ** 2 + l ** 2, byChosen: 2 * w, byRejected: 2 * l };
};

const apoDown: PreferenceLoss = (chosen, rejected, settings) => {
  const { beta } = settings;
  const [w, wSlope] = falling(beta * chosen, settings);
  const [margin, marginSlope] = rising(beta * (chosen - rejected), settings);
  return { loss: w + margin, byChosen: beta * (wSlope + marginSlope), byRejected: -beta * marginSlope };
};

/**
 * Nats per token that the reference is taken to lose on both answers (perplexity 2.7). Only losses that look at
 * log-probabilities themselves need it: `sft` and some of DPO's siblings.
 */
export const referenceLoss = 1;

/** NaN once the answer's probability would exceed 1. */
export function meanLogProb(logRatio: number, tokens: number): number {
  const mean = logRatio / tokens - referenceLoss;
  return mean < 0 ? mean : Number.NaN;
}

const sft: PreferenceLoss = (chosen, _rejected, { chosenTokens }) => {
  const loss = -meanLogProb(chosen, chosenTokens);
  return { loss, byChosen: Number.isNaN(loss) ? loss : -1 / chosenTokens, byRejected: 0 };
};

export const defaultSettings: LossSettings = {
  beta: 0.1,
  labelSmoothing: 0,
  simpoGamma: 0.5,
  z0: 0,
  chosenTokens: 10,
  rejectedTokens: 10,
};

/** By the strings of `DPOConfig.loss_type`, in TRL's order. `aot` and `aot_unpaired`: for a batch of one. */
export const dpoLosses = {
  sigmoid: overMargin(logistic),
  hinge: overMargin(hinge),
  ipo,
  exo_pair: overMargin(exoPair),
  nca_pair: apart(
    (z) => [-logSigmoid(z) - 0.5 * logSigmoid(-z), -sigmoid(-z) + 0.5 * sigmoid(z)],
    (z) => [-0.5 * logSigmoid(-z), 0.5 * sigmoid(z)],
  ),
  robust: overMargin(robust),
  bco_pair: apart(logistic, (z) => [-logSigmoid(-z), sigmoid(z)]),
  sppo_hard: sppoHard,
  aot: overMargin(smoothedLogistic),
  aot_unpaired: overMargin(smoothedLogistic),
  apo_zero: apart(rising, falling),
  apo_down: apoDown,
  discopop: overMargin(discopop),
  sft,
  sigmoid_norm: overMeanMargin(logistic),
} as const satisfies Record<string, PreferenceLoss>;
