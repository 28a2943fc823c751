import { ktoPanels } from '../../../explorers/kto-value/panels.ts';
import { type KTOView, ktoSpace } from '../../../explorers/kto-value/view.ts';
import {
  logRatioInWords,
  numbersMarkup,
  readoutMarkup,
  settingsText,
} from '../../../explorers/kto-value/words.ts';
import type { Key } from '../../../explorers/state.ts';
import type { ControlMarkup } from '../control-markup.ts';
import { PanelExplorer } from '../panel-explorer.ts';

/** `<explorer-kto-value>`: the value of an answer and the push on it, with the log-ratio as cursor. */
class KTOValue extends PanelExplorer<KTOView> {
  protected readonly space = ktoSpace;
  protected readonly cursor = 'logRatio';
  protected readonly panels = ktoPanels;

  protected controls(controls: ControlMarkup<KTOView>): string {
    return `${controls.slider('logRatio', { label: 'ℓ', means: 'log-ratio, nats' }, true)}
<div class="plot-table" role="region" aria-label="Values at the log-ratio" tabindex="0" data-part="readout"></div>
<div class="explorer-settings">
${controls.slider('beta', { label: 'β', means: 'beta' })}
${controls.slider('z0', { label: 'z₀', means: 'reference point, nats' })}
${controls.slider('desirableWeight', { label: 'λ<sub>D</sub>', means: 'desirable_weight' })}
${controls.slider('undesirableWeight', { label: 'λ<sub>U</sub>', means: 'undesirable_weight' })}
${controls.slider('alpha', { label: 'α', means: 'people: how fast it flattens' })}
${controls.slider('aversion', { label: 'λ', means: 'people: loss aversion' })}
<div class="explorer-choices"><button type="reset">Reset</button></div></div>`;
  }

  protected parts(view: KTOView) {
    return { readout: readoutMarkup(view), settings: settingsText(view), numbers: numbersMarkup(view) };
  }

  protected override spoken(key: Key<KTOView>, view: KTOView): string {
    return key === 'logRatio' ? logRatioInWords(view) : super.spoken(key, view);
  }
}

customElements.define('explorer-kto-value', KTOValue);
