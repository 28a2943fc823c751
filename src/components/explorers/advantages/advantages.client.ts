import { advantageCharts } from '../../../explorers/advantages/charts.ts';
import {
  type AdvantagesView,
  advantagesSpace,
  presets,
  rewardBounds,
} from '../../../explorers/advantages/view.ts';
import {
  answerInWords,
  describe,
  numbersMarkup,
  readingsMarkup,
} from '../../../explorers/advantages/words.ts';
import type { ControlMarkup } from '../control-markup.ts';
import { numberRow } from '../number-row.ts';
import { presetButtons } from '../preset-buttons.ts';
import { StripsExplorer } from '../strips-explorer.ts';

const subscripts = '₁₂₃₄₅₆₇₈';

/** `<explorer-advantages>`: rewards to edit, and what each method makes of them. */
class Advantages extends StripsExplorer<AdvantagesView> {
  protected readonly space = advantagesSpace;

  /** The answer whose reward was edited last. */
  #edited = { prompt: 0, answer: 0 };

  protected controls(controls: ControlMarkup<AdvantagesView>): string {
    return `${presetButtons(presets.map(({ name }) => name))}
${controls.slider('answers', { label: 'G', means: 'answers of a prompt' })}
<div class="number-rows" data-part="fields"></div>
<p class="explorer-told"><output aria-live="polite" data-part="told"></output></p>
<div class="explorer-choices">${controls.checkbox('whiten', 'PPO whitens its advantages over the batch')}
<button type="reset">Reset</button></div>`;
  }

  protected charts(view: AdvantagesView) {
    return advantageCharts(view).map((chart, prompt) => ({ chart, description: describe(view, prompt) }));
  }

  protected parts(view: AdvantagesView) {
    const { prompt, answer } = this.#edited;
    return {
      fields: this.#fields(view),
      told: answerInWords(view, prompt, Math.min(answer, view.answers - 1)),
      readings: readingsMarkup(view),
      numbers: numbersMarkup(view),
    };
  }

  #fields({ answers }: AdvantagesView): string {
    const labels = [...subscripts].slice(0, answers).map((index) => `r${index}`);
    const row = (key: string, legend: string, named: readonly string[]) =>
      numberRow({ key, id: `adv-${key}`, legend, labels: named, ...rewardBounds });
    return [
      row('first', 'Rewards of prompt 1', labels),
      row('second', 'Rewards of prompt 2', labels),
      row('values', 'Value model’s guess', ['V<sub>1</sub>', 'V<sub>2</sub>']),
    ].join('');
  }

  protected override live(): void {
    super.live();
    this.addEventListener('input', ({ target }) => {
      if (!(target instanceof HTMLInputElement)) return;
      const prompt = ['first', 'second'].indexOf(target.name);
      if (prompt >= 0) this.#edited = { prompt, answer: Number(target.id.split('-').at(-1)) };
    });
    this.onPreset((index) => presets[index]?.view);
  }
}

customElements.define('explorer-advantages', Advantages);
