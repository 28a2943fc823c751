import { methodGroups, methodOf } from '../../../explorers/clipping/catalogue.ts';
import { type ClipView, spans } from '../../../explorers/clipping/view.ts';
import type { Key } from '../../../explorers/state.ts';
import { swatchMarkup } from '../../../figures/swatch.ts';
import type { ControlMarkup } from '../control-markup.ts';

/** Sliders, their labels, and the methods that have them. */
const settings: readonly (readonly [key: Key<ClipView>, label: string, means: string, only: string])[] = [
  ['epsilon', 'ε', 'epsilon, cliprange', 'clip clip_higher two_sided'],
  ['epsilonHigh', 'ε<sub>high</sub>', 'epsilon_high', 'clip_higher'],
  ['delta', 'δ', 'delta', 'two_sided'],
  ['sequenceEpsilon', 'ε', 'epsilon of a sequence', 'sequence'],
  ['tokens', '|y|', 'tokens of the sequence', 'sequence'],
  ['cap', 'cap', 'epsilon_high of cispo', 'cispo'],
  ['tauPos', 'τ, A &gt; 0', 'sapo_temperature_pos', 'sapo'],
  ['tauNeg', 'τ, A &lt; 0', 'sapo_temperature_neg', 'sapo'],
  ['kPos', 'k, A &gt; 0', 'vespo_k_pos', 'vespo'],
  ['lambdaPos', 'λ, A &gt; 0', 'vespo_lambda_pos', 'vespo'],
  ['kNeg', 'k, A &lt; 0', 'vespo_k_neg', 'vespo'],
  ['lambdaNeg', 'λ, A &lt; 0', 'vespo_lambda_neg', 'vespo'],
  ['oldLogProb', 'log π<sub>old</sub>', 'of the token, nats', 'cispo vespo'],
];

/** What the reader can change, and the places of the values at the cursor. */
export function clipControls(controls: ControlMarkup<ClipView>): string {
  const sliders = settings.map(
    ([key, label, means, only]) => `<div data-only="${only}">${controls.slider(key, { label, means })}</div>`,
  );
  const groups = methodGroups.map(({ title, methods }) =>
    controls.boxes(
      'methods',
      title,
      methods.map((name) => ({
        value: name,
        label: `${swatchMarkup(methodOf(name).look)} <code>${methodOf(name).label}</code>`,
      })),
    ),
  );
  return `${controls.slider('ratio', { label: 'ρ', means: 'ratio of the token' }, true)}
<div class="plot-table explorer-readout" role="region" aria-label="Values at the ratio" tabindex="0" data-part="readout"></div>
<div class="explorer-boxes">${groups.join('')}</div>
<div class="explorer-sliders">${sliders.join('')}</div>
<div class="explorer-choices">
${controls.select(
  'span',
  { label: 'ratios up to' },
  spans.map((span) => [String(span), String(span)]),
)}
${controls.select('show', { label: 'show' }, [
  ['both', 'objective and push'],
  ['objective', 'the objective'],
  ['push', 'the push'],
])}
<button type="reset">Reset</button></div>
<ul class="explorer-notes" data-part="notes"></ul>`;
}
