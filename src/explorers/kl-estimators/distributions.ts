/** Tokens that the reader's two distributions share, in a row; the reference likes the middle one best. */
export const tokenCount = 9;
export const middle = (tokenCount + 1) / 2;
export const tokenNumbers = Array.from({ length: tokenCount }, (_, i) => i + 1);

/** Log-probabilities of a bell over the tokens, of a width in tokens and with its top at token `centre`. */
export function bell(centre: number, width: number): number[] {
  return logSoftmax(tokenNumbers.map((token) => -((token - centre) ** 2) / (2 * width ** 2)));
}

/** Log-probabilities of logits. */
export function logSoftmax(logits: readonly number[]): number[] {
  const largest = Math.max(...logits);
  const total = Math.log(sum(logits.map((logit) => Math.exp(logit - largest))));
  return logits.map((logit) => logit - largest - total);
}

/** The mean of a value of each token, under log-probabilities. */
export function meanUnder(logProbs: readonly number[], values: readonly number[]): number {
  return sum(logProbs.map((logProb, i) => Math.exp(logProb) * (values[i] ?? 0)));
}

/** KL(p ‖ q) in nats, exact. */
export function divergence(logP: readonly number[], logQ: readonly number[]): number {
  return meanUnder(
    logP,
    logP.map((p, i) => p - (logQ[i] ?? 0)),
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
