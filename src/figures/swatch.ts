import type { Look } from './panel.ts';

/** A short piece of a line, beside its name. */
export function swatchMarkup({ tone, dash }: Look): string {
  return `<svg class="swatch tone-${tone}" width="30" height="8" viewBox="0 0 30 8" aria-hidden="true"><path class="fig-line dash-${dash}" d="M1 4H29"/></svg>`;
}
