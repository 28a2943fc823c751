import { intervalsSvg } from '../../../explorers/kl-estimators/intervals.ts';
import { klPanels } from '../../../explorers/kl-estimators/panels.ts';
import { type KLView, klSpace } from '../../../explorers/kl-estimators/view.ts';
import {
  gradientsMarkup,
  qualityMarkup,
  settingsText,
  tokenInWords,
  tokenMarkup,
} from '../../../explorers/kl-estimators/words.ts';
import type { Key } from '../../../explorers/state.ts';
import type { ControlMarkup } from '../control-markup.ts';
import { PanelExplorer } from '../panel-explorer.ts';

/** `<explorer-kl-estimators>`: k1, k2, k3 of two distributions, with a token as cursor. */
class KLEstimators extends PanelExplorer<KLView> {
  protected readonly space = klSpace;
  protected readonly cursor = 'token';
  protected readonly panels = klPanels;

  protected controls(controls: ControlMarkup<KLView>): string {
    return `${controls.slider('token', { label: 'token', means: 'that the policy wrote' }, true)}
<div class="plot-table" role="region" aria-label="Estimates of the token" tabindex="0" data-part="token"></div>
<div class="explorer-settings">
${controls.slider('shift', { label: 'shift', means: 'of the policy, tokens' })}
${controls.slider('width', { label: 'width', means: 'of the policy' })}
${controls.slider('reference', { label: 'width', means: 'of the reference' })}
${controls.slider('samples', { label: 'N', means: 'tokens averaged' })}
<div class="explorer-choices"><button type="button" data-draw>Draw again</button>
<button type="reset">Reset</button></div></div>`;
  }

  protected override live(): void {
    super.live();
    this.querySelector('[data-draw]')?.addEventListener('click', () =>
      this.change({ ...this.state, seed: (this.state.seed % 9999) + 1 }),
    );
  }

  protected parts(view: KLView) {
    return {
      token: tokenMarkup(view),
      intervals: intervalsSvg(view),
      quality: qualityMarkup(view),
      gradients: gradientsMarkup(view),
      settings: settingsText(view),
    };
  }

  protected override spoken(key: Key<KLView>, view: KLView): string {
    return key === 'token' ? tokenInWords(view) : super.spoken(key, view);
  }
}

customElements.define('explorer-kl-estimators', KLEstimators);
