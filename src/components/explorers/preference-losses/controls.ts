import { lookOf, lossGroups } from '../../../explorers/preference-losses/catalogue.ts';
import { type LossView, spans } from '../../../explorers/preference-losses/view.ts';
import { swatchMarkup } from '../../../figures/swatch.ts';
import type { ControlMarkup } from '../control-markup.ts';

/** What the reader can change, and the places of the values at the cursor. */
export function lossControls(controls: ControlMarkup<LossView>): string {
  const groups = lossGroups.map(({ title, losses }) =>
    controls.boxes(
      'losses',
      title,
      losses.map((name) => ({ value: name, label: `${swatchMarkup(lookOf(name))} <code>${name}</code>` })),
    ),
  );
  return `${controls.slider('margin', { label: 'Δ', means: 'margin, nats' }, true)}
<div class="plot-table" role="region" aria-label="Values at the margin" tabindex="0" data-part="readout"></div>
<div class="explorer-settings">
${controls.slider('beta', { label: 'β', means: 'beta' })}
${controls.slider('labelSmoothing', { label: 'ε', means: 'label_smoothing' })}
<div data-only="simpo">${controls.slider('simpoGamma', { label: 'γ', means: 'simpo_gamma' })}</div>
<div data-only="kto">${controls.slider('z0', { label: 'z<sub>0</sub>', means: 'reference point of kto, nats' })}</div>
${controls.slider('tokens', { label: '|y|', means: 'tokens per answer' })}
<div class="explorer-choices">
${controls.select(
  'span',
  { label: 'margins up to' },
  spans.map((span) => [String(span), `±${span} nats`]),
)}
${controls.select('scale', { label: 'losses' }, [
  ['logged', 'as logged'],
  ['relative', 'as shares of the first loss'],
])}
<button type="reset">Reset</button></div></div>
<div class="explorer-boxes">${groups.join('')}</div>
<ul class="explorer-notes" data-part="notes"></ul>`;
}
