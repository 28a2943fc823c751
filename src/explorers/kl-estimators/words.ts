import { formatFixed, formatNumber } from '../../figures/number.ts';
import { swatchMarkup } from '../../figures/swatch.ts';
import { tableMarkup } from '../table-markup.ts';
import { averaged } from './averaged.ts';
import { divergence } from './distributions.ts';
import {
  cosine,
  errorOfMean,
  estimate,
  estimators,
  gradientOf,
  gradientOfForwardKl,
  gradientOfKl,
  length,
  logRatios,
  type Use,
  uses,
} from './estimators.ts';
import { looks } from './looks.ts';
import { distributionsOf, type KLView } from './view.ts';

/** The three estimates of the chosen token. */
export function tokenMarkup(view: KLView): string {
  const { logPi, logRef } = distributionsOf(view);
  const i = view.token - 1;
  const [pi, ref] = [Math.exp(logPi[i] ?? 0), Math.exp(logRef[i] ?? 0)];
  const ratio = logRatios(logPi, logRef)[i] ?? 0;
  const cells = [
    formatFixed(pi, 4),
    formatFixed(ref, 4),
    formatFixed(ratio, 3),
    ...estimators.map((kind) => formatFixed(estimate(kind, ratio), 4)),
  ];
  const heads = ['token', 'π', 'π_ref', 'log-ratio', ...estimators.map(named)];
  return tableMarkup('One token that the policy has written', heads, [row(String(view.token), cells)]);
}

/** Bias, deviation and error of each estimator. */
export function qualityMarkup(view: KLView): string {
  const rows = averaged(view).map(({ kind, mean, bias, deviation, ofMean, drawn }) =>
    row(
      named(kind),
      [mean, bias, deviation, ofMean, errorOfMean({ mean, bias, deviation }, view.samples), drawn].map(
        (value) => formatFixed(value, 4),
      ),
    ),
  );
  return tableMarkup(
    klText(view),
    [
      'estimator',
      'mean',
      'bias',
      'sd, one token',
      `sd, mean of ${view.samples}`,
      `error, mean of ${view.samples}`,
      'this draw',
    ],
    rows,
  );
}

/** Who uses what in TRL 1.16.0, PPO in 1.12.0; checked by the tests of the distilled trainers. */
const trainers: Record<Use, string> = {
  'k1 in the reward': 'RLOO; PPO by default',
  'k3 in the reward': 'PPO, <code>kl_estimator="k3"</code>',
  'k1 in the loss': 'in none of these trainers',
  'k2 in the loss': 'in none of these trainers',
  'k3 in the loss': 'GRPO, <code>use_bias_correction_kl=False</code>',
  'ρ·k3 in the loss': 'GRPO by default, with β &gt; 0',
};

/** Where each use pushes, beside the gradient of the KL. */
export function gradientsMarkup(view: KLView): string {
  const { logPi, logRef } = distributionsOf(view);
  const kl = gradientOfKl(logPi, logRef);
  const rows = [
    ['KL(π ‖ π_ref), exact', 'what the objective asks for', kl] as const,
    ...uses.map((use) => [use, trainers[use], gradientOf(use, logPi, logRef)] as const),
    ['KL(π_ref ‖ π), exact', 'the arguments exchanged', gradientOfForwardKl(logPi, logRef)] as const,
  ].map(([name, where, gradient]) =>
    row(`${name}<br><span class="label">${where}</span>`, [
      formatFixed(length(gradient), 4),
      formatFixed(cosine(gradient, kl), 3),
    ]),
  );
  return tableMarkup(
    'The mean gradient by the nine logits',
    ['estimate, its place, and where TRL has it', 'length', 'cosine to ∇KL'],
    rows,
  );
}

export function klText(view: KLView): string {
  const { logPi, logRef } = distributionsOf(view);
  return `KL(π ‖ π_ref) = ${formatFixed(divergence(logPi, logRef), 4)} nats`;
}

export function settingsText(view: KLView): string {
  const [shift, width, reference] = [view.shift, view.width, view.reference].map((value) =>
    formatNumber(value),
  );
  return `${klText(view)}; shift ${shift}, widths ${width} and ${reference} tokens`;
}

/** The chosen token in words, for the slider that moves it. */
export function tokenInWords(view: KLView): string {
  const { logPi, logRef } = distributionsOf(view);
  const ratio = logRatios(logPi, logRef)[view.token - 1] ?? 0;
  const values = estimators.map((kind) => `${kind} ${formatNumber(estimate(kind, ratio))}`);
  return `token ${view.token}, log-ratio ${formatNumber(ratio)}: ${values.join(', ')}`;
}

function named(kind: keyof typeof looks): string {
  return `${swatchMarkup(looks[kind])} ${kind}`;
}

function row(head: string, cells: readonly string[]): string {
  return `<tr><th scope="row">${head}</th>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}
