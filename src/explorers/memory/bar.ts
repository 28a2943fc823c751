import type { Estimate } from '../../memory/estimate.ts';
import type { PartName } from '../../memory/parts.ts';
import { filledParts } from './words.ts';

export const barSize = { width: 720, height: 46 };

/** What lasts has one colour each, what comes and goes another; neighbours differ, and numbers tell them apart. */
const tones: Record<PartName, string> = {
  weights: 'tone-1',
  value: 'tone-4',
  reference: 'tone-reference',
  reward: 'tone-6',
  gradients: 'tone-2',
  optimiser: 'tone-3',
  casts: 'tone-4',
  activations: 'tone-5',
  logits: 'tone-6',
  cache: 'tone-2',
  overhead: 'tone-reference',
};
/** Parts narrower than this have no room for their number. */
const narrow = 16;

/** The inside of the bar's `<svg>`: a segment a part, numbered as in the table. */
export function barMarkup(found: Estimate): string {
  let x = 0;
  return filledParts(found)
    .map(({ name, bytes }, i) => {
      const width = (bytes / found.total) * barSize.width;
      const left = x;
      x += width;
      const number =
        width < narrow
          ? ''
          : `<text class="fig-tick fig-middle" x="${(left + width / 2).toFixed(1)}" y="44">${i + 1}</text>`;
      return `<rect class="fig-bar ${tones[name]}" x="${left.toFixed(1)}" y="2" width="${Math.max(0, width - 1).toFixed(1)}" height="26"/>${number}`;
    })
    .join('');
}
