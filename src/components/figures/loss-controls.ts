import { lookOf, lossGroups } from '../../explorers/loss-catalogue.ts';
import { notesMarkup, readoutMarkup } from '../../explorers/loss-tables.ts';
import { type LossView, limits, marginStep, spans } from '../../explorers/loss-view.ts';
import { formatNumber } from '../../figures/number.ts';
import { swatchMarkup } from '../../figures/swatch.ts';

/**
 * What the reader can change in the loss explorer, and the values at the cursor, as HTML. It comes with the
 * explorer's script: without that it could do nothing, and a page is 4 KB lighter until somebody is near.
 */
export function controlsMarkup(view: LossView): string {
  return `<form class="loss-controls" aria-label="Loss explorer" autocomplete="off">
<p class="loss-slider loss-cursor"><label for="loss-margin">Δ <span class="label">margin, nats</span></label>
<input id="loss-margin" name="margin" type="range" min="${-view.span}" max="${view.span}" step="${marginStep(view.span)}" value="${view.margin}">
<output aria-live="off" for="loss-margin">${formatNumber(view.margin)}</output></p>
<div class="plot-table" role="region" aria-label="Values at the margin" tabindex="0" data-readout>${readoutMarkup(view)}</div>
<div class="loss-settings">${sliders(view).map(sliderMarkup).join('')}
<div class="loss-choices"><p><label for="loss-span">margins up to</label> <select id="loss-span" name="span">${spans
    .map((span) => `<option value="${span}"${span === view.span ? ' selected' : ''}>±${span} nats</option>`)
    .join('')}</select></p>
<p><label for="loss-scale">losses</label> <select id="loss-scale" name="scale"><option value="logged" selected>as logged</option><option value="relative">as shares of the first loss</option></select></p>
<button type="reset">Reset</button></div></div>
<div class="loss-curves">${lossGroups.map((group, i) => groupMarkup(group, i, view)).join('')}</div>
<ul class="loss-notes" data-notes>${notesMarkup(view)}</ul></form>`;
}

interface Slider {
  name: string;
  label: string;
  means: string;
  range: readonly [number, number];
  step: number;
  at: number;
  shown: string;
}

/** β moves on a logarithmic scale. */
function sliders(view: LossView): Slider[] {
  const [low, high] = limits.beta;
  return [
    {
      name: 'beta',
      label: 'β',
      means: 'beta',
      range: [Math.log10(low), Math.log10(high)],
      step: 0.01,
      at: Math.log10(view.beta),
      shown: formatNumber(view.beta),
    },
    {
      name: 'labelSmoothing',
      label: 'ε',
      means: 'label_smoothing',
      range: limits.labelSmoothing,
      step: 0.01,
      at: view.labelSmoothing,
      shown: formatNumber(view.labelSmoothing),
    },
    {
      name: 'tokens',
      label: '|y|',
      means: 'tokens per answer',
      range: limits.tokens,
      step: 1,
      at: view.tokens,
      shown: String(view.tokens),
    },
  ];
}

function sliderMarkup({ name, label, means, range, step, at, shown }: Slider): string {
  return `<p class="loss-slider"><label for="loss-${name}">${label} <span class="label">${means}</span></label>
<input id="loss-${name}" name="${name}" type="range" min="${range[0]}" max="${range[1]}" step="${step}" value="${at}" aria-valuetext="${shown}">
<output aria-live="off" for="loss-${name}">${shown}</output></p>`;
}

function groupMarkup({ title, losses }: (typeof lossGroups)[number], index: number, view: LossView): string {
  const boxes = losses.map(
    (name) =>
      `<label><input type="checkbox" name="losses" value="${name}"${view.losses.includes(name) ? ' checked' : ''}> ${swatchMarkup(lookOf(name))} <code>${name}</code></label>`,
  );
  return `<div role="group" aria-labelledby="loss-group-${index}"><p id="loss-group-${index}" class="label">${title}</p>${boxes.join('')}</div>`;
}
