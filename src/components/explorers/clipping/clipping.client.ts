import { clipPanels, lookOf, settingsText } from '../../../explorers/clipping/curves.ts';
import { clipNames } from '../../../explorers/clipping/methods.ts';
import { type ClipView, clipSpace, least, spans } from '../../../explorers/clipping/view.ts';
import {
  notesMarkup,
  numbersMarkup,
  ratioInWords,
  readoutMarkup,
} from '../../../explorers/clipping/words.ts';
import type { Key } from '../../../explorers/state.ts';
import { swatchMarkup } from '../../../figures/swatch.ts';
import type { ControlMarkup } from '../control-markup.ts';
import { PanelExplorer } from '../panel-explorer.ts';

/** `<explorer-clipping>`: objectives and pushes against the ratio, with the ratio as cursor. */
class Clipping extends PanelExplorer<ClipView> {
  protected readonly space = clipSpace;
  protected readonly cursor = 'ratio';
  protected readonly panels = clipPanels;

  protected controls(controls: ControlMarkup<ClipView>): string {
    const boxes = clipNames.map((name) => ({
      value: name,
      label: `${swatchMarkup(lookOf(name))} <code>${name}</code>`,
    }));
    const slider = (key: Key<ClipView>, label: string, means: string, only: string) =>
      `<div data-only="${only}">${controls.slider(key, { label, means })}</div>`;
    return `${controls.slider('ratio', { label: 'ρ', means: 'ratio' }, true)}
<div class="plot-table" role="region" aria-label="Values at the ratio" tabindex="0" data-part="readout"></div>
<div class="explorer-settings">
${slider('eps', 'ε', 'epsilon', 'clip clip-higher two-sided')}
${slider('epsHigh', 'ε<sub>high</sub>', 'epsilon_high, clip-higher', 'clip-higher')}
${slider('delta', 'δ', 'delta, two-sided', 'two-sided')}
${slider('seqEps', 'ε', 'epsilon, sequence', 'sequence')}
${slider('tokens', '|y|', 'tokens, sequence', 'sequence')}
${slider('cap', 'cap', 'epsilon_high, cispo', 'cispo')}
<div class="explorer-choices">
${controls.select('show', { label: 'draw' }, [
  ['push', 'the push on log π'],
  ['objective', 'the objective'],
  ['both', 'both'],
])}
${controls.select(
  'span',
  { label: 'ratios up to' },
  spans.map((span) => [String(span), String(span)]),
)}
<button type="reset">Reset</button></div></div>
<div class="explorer-boxes">${controls.boxes('methods', 'Methods', boxes)}</div>
<details class="explorer-more" data-only="sapo vespo"><summary>Temperatures of sapo, weights of vespo</summary>
${slider('tauPos', 'τ<sub>+</sub>', 'sapo_temperature_pos', 'sapo')}${slider('tauNeg', 'τ<sub>−</sub>', 'sapo_temperature_neg', 'sapo')}
${slider('kPos', 'k<sub>+</sub>', 'vespo_k_pos', 'vespo')}${slider('lamPos', 'λ<sub>+</sub>', 'vespo_lambda_pos', 'vespo')}
${slider('kNeg', 'k<sub>−</sub>', 'vespo_k_neg', 'vespo')}${slider('lamNeg', 'λ<sub>−</sub>', 'vespo_lambda_neg', 'vespo')}</details>
<ul class="explorer-notes" data-part="notes"></ul>`;
  }

  protected parts(view: ClipView) {
    return {
      readout: readoutMarkup(view),
      notes: notesMarkup(view),
      settings: settingsText(view),
      numbers: numbersMarkup(view),
    };
  }

  protected override relevant({ methods }: ClipView): readonly string[] {
    return methods;
  }

  protected override spoken(key: Key<ClipView>, view: ClipView): string {
    return key === 'ratio' ? ratioInWords(view) : super.spoken(key, view);
  }

  protected override bounds(key: Key<ClipView>, { span }: ClipView) {
    return key === 'ratio' ? { min: least, max: span, step: 0.01 } : undefined;
  }
}

customElements.define('explorer-clipping', Clipping);
