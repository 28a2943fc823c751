import { formatNumber } from '../../figures/number.ts';
import { advise } from '../../memory/advice.ts';
import { GiB } from '../../memory/bytes.ts';
import { cards, fitOf } from '../../memory/cards.ts';
import { type Estimate, estimate } from '../../memory/estimate.ts';
import {
  momentLabels,
  momentNames,
  type PartName,
  partLabels,
  partNames,
  sumOf,
} from '../../memory/parts.ts';
import { presets } from '../../memory/presets.ts';
import { parameterCount } from '../../memory/shape.ts';
import { profileOf } from '../../memory/trainer-profiles.ts';
import { tableMarkup } from '../table-markup.ts';
import { formulaOf } from './formulas.ts';
import { type MemoryView, settingsOf } from './view.ts';

/*
 * The estimate in words and tables, the same when the site is built and when the reader changes something. All
 * text is ours, so nothing needs escaping.
 */

export const gib = (bytes: number): string => (bytes / GiB).toFixed(2);

/** The parts that fill the card at the fullest moment, in their order. */
export function filledParts({ moments, peak }: Estimate): { name: PartName; bytes: number }[] {
  const moment = moments[peak];
  if (!moment) return [];
  return partNames.flatMap((name) => (moment[name] > 0 ? [{ name, bytes: moment[name] }] : []));
}

/** The answer in a sentence: how much, when, and the cards that hold it. */
export function totalMarkup(view: MemoryView): string {
  const { total, peak } = estimate(settingsOf(view));
  const vllm = profileOf(view.trainer).generates ? view.vllm : 0;
  const fitting = cards.filter((card) => fitOf(total, card, vllm) === 'fits');
  const [smallest] = fitting;
  const where = smallest
    ? `The smallest card of the list with room to spare is ${smallest.name}.`
    : 'No card of the list holds it with room to spare.';
  return `About <strong>${gib(total)} GiB</strong> on each card, ${momentLabels[peak]}. ${where}`;
}

/** A row a part, with how it is counted. */
export function partsMarkup(view: MemoryView): string {
  const found = estimate(settingsOf(view));
  const rows = filledParts(found).map(({ name, bytes }, i) => {
    const { name: title, holds } = partLabels[name];
    const share = `${Math.round((100 * bytes) / found.total)} %`;
    return `<tr><th scope="row"><span class="memory-index">${i + 1}</span> ${title}<span class="label memory-holds">${holds}</span></th><td>${gib(bytes)}</td><td>${share}</td><td class="memory-formula">${formulaOf(name, view, found)}</td></tr>`;
  });
  rows.push(`<tr><th scope="row">Together</th><td>${gib(found.total)}</td><td>100 %</td><td></td></tr>`);
  return tableMarkup(
    `${title(view)}: GiB a card ${momentLabels[found.peak]}`,
    ['part', 'GiB', 'share', 'how it is counted'],
    rows,
  );
}

/** A row a moment of the step: the fullest one is the estimate. */
export function momentsMarkup(view: MemoryView): string {
  const { moments, peak } = estimate(settingsOf(view));
  const rows = momentNames.flatMap((name) => {
    const moment = moments[name];
    if (!moment) return [];
    const mark = name === peak ? ' <span class="label">the fullest</span>' : '';
    return [`<tr><th scope="row">${momentLabels[name]}${mark}</th><td>${gib(sumOf(moment))}</td></tr>`];
  });
  return tableMarkup('The moments of a step', ['when', 'GiB'], rows);
}

const marks = { fits: '●', tight: '◐', 'does not fit': '○' } as const;

/** Common cards, and whether the run fits. */
export function cardsMarkup(view: MemoryView): string {
  const { total } = estimate(settingsOf(view));
  const vllm = profileOf(view.trainer).generates ? view.vllm : 0;
  const rows = cards.map((card) => {
    const fit = fitOf(total, card, vllm);
    const share = `${Math.round(100 * (total / (card.gigabytes * 1e9) + vllm))} %`;
    return `<tr data-fit="${fit}"><th scope="row"><a href="${card.source}" rel="external">${card.name}</a></th><td>${card.gigabytes}</td><td>${share}</td><td><span aria-hidden="true">${marks[fit]}</span> ${fit}</td></tr>`;
  });
  return tableMarkup('Common cards; tight is above 90 %', ['card', 'GB', 'filled', 'verdict'], rows);
}

/** Single changes that save most, each with its price. */
export function adviceMarkup(view: MemoryView): string {
  const found = advise(settingsOf(view)).slice(0, 6);
  if (found.length === 0) return '<li>No single change saves a hundredth.</li>';
  return found
    .map(
      ({ change, cost, saves }) =>
        `<li><span class="memory-saves">−${gib(saves)} GiB</span> <code>${change}</code> <span class="label">${cost}</span></li>`,
    )
    .join('');
}

/** What the estimate leaves out for this trainer, as list items. */
export function notesMarkup(view: MemoryView): string {
  const { note, generates } = profileOf(view.trainer);
  const vllm =
    generates && view.vllm > 0
      ? [
          `vLLM takes ${formatNumber(view.vllm * 100)} % of the card for itself, in colocate mode, and the table of cards counts it.`,
        ]
      : [];
  return [...(note ? [note] : []), ...vllm].map((text) => `<li>${text}</li>`).join('');
}

/** What is estimated: trainer, model, method. */
export function title(view: MemoryView): string {
  const { run } = estimate(settingsOf(view));
  const billions = formatNumber(parameterCount(run.shape) / 1e9, 3);
  const preset = presets.find(({ id }) => id === view.model);
  const model = preset ? preset.hub.slice(preset.hub.indexOf('/') + 1) : 'an interpolated model';
  const methods = { full: 'full', lora: `LoRA r=${view.rank}`, qlora: `QLoRA r=${view.rank}` };
  return `${profileOf(view.trainer).name} of ${model} (${billions} billion), ${methods[view.method]}`;
}

/** The bar in a sentence, for those who do not see it. */
export function describe(view: MemoryView): string {
  const found = estimate(settingsOf(view));
  const parts = filledParts(found).map(({ name, bytes }) => `${partLabels[name].name} ${gib(bytes)}`);
  return `${title(view)}: ${gib(found.total)} GiB ${momentLabels[found.peak]}; ${parts.join(', ')}.`;
}
