import { textLimits } from '../../../explorers/masks/chat.ts';
import { type MasksView, masksSpace } from '../../../explorers/masks/view.ts';
import { masksParts } from '../../../explorers/masks/words.ts';
import { ExplorerElement } from '../explorer-element.ts';
import { masksControls } from './controls.ts';

/** `<explorer-masks>`: what a reader types, as tokens, labels, rows and batches. */
class Masks extends ExplorerElement<MasksView> {
  protected readonly space = masksSpace;
  protected readonly controls = masksControls;
  protected readonly parts = masksParts;

  protected override live(): void {
    this.querySelector('textarea')?.setAttribute('maxlength', String(textLimits.characters));
  }

  protected override draw(view: MasksView): void {
    const join = this.querySelector<HTMLSelectElement>('select[name="join"]');
    if (join) join.disabled = view.data !== 'completion';
    const max = this.querySelector<HTMLInputElement>('input[name="max"]');
    if (max) max.disabled = view.uncut;
    super.draw(view);
  }
}

customElements.define('explorer-masks', Masks);
