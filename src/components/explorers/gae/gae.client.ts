import { gaeChart } from '../../../explorers/gae/chart.ts';
import { type GaeView, gaeSpace, presets, rewardBounds, statesOf } from '../../../explorers/gae/view.ts';
import {
  describe,
  numbersMarkup,
  readingsMarkup,
  settingsText,
  stateInWords,
} from '../../../explorers/gae/words.ts';
import type { Key } from '../../../explorers/state.ts';
import type { ControlMarkup } from '../control-markup.ts';
import { numberRow } from '../number-row.ts';
import { presetButtons } from '../preset-buttons.ts';
import { StripsExplorer } from '../strips-explorer.ts';

/** `<explorer-gae>`: rewards and values of an answer to edit, and how far credit reaches back. */
class Gae extends StripsExplorer<GaeView> {
  protected readonly space = gaeSpace;

  /** The state that was edited last. */
  #edited = 0;

  protected controls(controls: ControlMarkup<GaeView>): string {
    return `${presetButtons(presets.map(({ name }) => name))}
${controls.slider('lam', { label: 'λ', means: 'lam' })}
${controls.slider('gamma', { label: 'γ', means: 'gamma' })}
${controls.slider('tokens', { label: 'T', means: 'tokens' })}
${controls.slider('follow', { label: 't', means: 'whose surprise is followed back' })}
<div class="number-rows" data-part="fields"></div>
<div class="explorer-choices">${controls.field('score', { label: 'score' }, rewardBounds)}
${controls.field('endValue', { label: 'V(end)' }, rewardBounds)}
${controls.checkbox('ended', 'the answer has ended')}
${controls.checkbox('whitenRewards', '<code>whiten_rewards</code>')}
${controls.checkbox('whitenAdvantages', 'whiten the advantages, as PPOTrainer does')}
<button type="reset">Reset</button></div>
<p class="explorer-told"><output aria-live="polite" data-part="told"></output></p>`;
  }

  protected charts(view: GaeView) {
    return [{ chart: gaeChart(view), description: describe(view) }];
  }

  protected parts(view: GaeView) {
    const tokens = Array.from({ length: view.tokens }, (_, t) => t);
    const row = (key: string, legend: string, letter: string) =>
      numberRow({
        key,
        id: `gae-${key}`,
        legend,
        labels: tokens.map((t) => `${letter}<sub>${t}</sub>`),
        ...rewardBounds,
      });
    return {
      fields:
        row('rewards', 'Rewards of the tokens: −κ times the log-ratio', 'r') +
        row('values', 'Values before each token', 'V'),
      told: stateInWords(view, Math.min(this.#edited, statesOf(view) - 1)),
      readings: readingsMarkup(view),
      settings: settingsText(view),
      numbers: numbersMarkup(view),
    };
  }

  protected override spoken(key: Key<GaeView>, view: GaeView): string {
    if (key !== 'follow') return super.spoken(key, view);
    return view.follow >= view.tokens ? 'the end' : `token ${view.follow}`;
  }

  protected override bounds(key: Key<GaeView>, view: GaeView) {
    return key === 'follow' ? { min: 0, max: statesOf(view) - 1, step: 1 } : undefined;
  }

  protected override draw(view: GaeView): void {
    super.draw(view);
    const end = this.querySelector<HTMLInputElement>('input[name="endValue"]');
    if (end) end.disabled = !view.ended;
  }

  protected override live(): void {
    super.live();
    this.addEventListener('input', ({ target }) => {
      if (target instanceof HTMLInputElement && ['rewards', 'values'].includes(target.name))
        this.#edited = Number(target.id.split('-').at(-1));
    });
    this.onPreset((index) => {
      const preset = presets[index];
      return preset && { ...this.state, ...preset.change(this.state) };
    });
  }
}

customElements.define('explorer-gae', Gae);
