import { chartHeight, type StripChart, stripSize } from '../../figures/strips.ts';
import { stripsMarkup } from '../../figures/strips-markup.ts';
import { ExplorerElement } from './explorer-element.ts';

/** An explorer of strip charts. The element holds an `svg.panel` for each. */
export abstract class StripsExplorer<State extends object> extends ExplorerElement<State> {
  /** The charts of a state with what they show in words, in the order of the page. */
  protected abstract charts(state: State): readonly { chart: StripChart; description: string }[];

  protected override draw(state: State): void {
    const svgs = this.querySelectorAll('svg.panel');
    this.charts(state).forEach(({ chart, description }, i) => {
      const svg = svgs[i];
      const drawing = svg?.querySelector('g');
      const words = svg?.querySelector('desc');
      svg?.setAttribute('viewBox', `0 0 ${stripSize.width} ${chartHeight(chart)}`);
      if (drawing) drawing.innerHTML = stripsMarkup(chart);
      if (words) words.textContent = description;
    });
    const fields = this.querySelectorAll('.number-row input').length;
    super.draw(state);
    // Fields that came anew are empty.
    if (this.querySelectorAll('.number-row input').length !== fields) this.fill();
  }

  /** Answers the buttons of `presetButtons`: `change` gives the state that the button of an index sets. */
  protected onPreset(change: (index: number) => State | undefined): void {
    this.addEventListener('click', ({ target }) => {
      const button = target instanceof Element ? target.closest<HTMLElement>('[data-preset]') : null;
      const state = button && change(Number(button.dataset.preset));
      if (state) this.change(state);
    });
  }
}
