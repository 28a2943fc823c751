import { barMarkup } from '../../../explorers/memory/bar.ts';
import { type MemoryView, matters, memorySpace, settingsOf } from '../../../explorers/memory/view.ts';
import {
  adviceMarkup,
  cardsMarkup,
  describe,
  momentsMarkup,
  notesMarkup,
  partsMarkup,
  totalMarkup,
} from '../../../explorers/memory/words.ts';
import { estimate } from '../../../memory/estimate.ts';
import { ExplorerElement } from '../explorer-element.ts';
import { memoryControls } from './controls.ts';

/** `<explorer-memory>`: a run's settings, and the memory that it needs. */
class Memory extends ExplorerElement<MemoryView> {
  protected readonly space = memorySpace;
  protected readonly controls = memoryControls;

  protected parts(view: MemoryView) {
    return {
      total: totalMarkup(view),
      bar: barMarkup(estimate(settingsOf(view))),
      description: describe(view),
      parts: partsMarkup(view),
      cards: cardsMarkup(view),
      advice: adviceMarkup(view),
      moments: momentsMarkup(view),
      notes: notesMarkup(view),
    };
  }

  protected override draw(view: MemoryView): void {
    for (const control of this.querySelectorAll<HTMLInputElement | HTMLSelectElement>('form [name]')) {
      const key = control.name;
      const place = control.closest('p');
      if (place && isKey(key)) place.hidden = !matters(key, view);
    }
    super.draw(view);
  }
}

function isKey(name: string): name is Extract<keyof MemoryView, string> {
  return Object.hasOwn(memorySpace.parameters, name);
}

customElements.define('explorer-memory', Memory);
