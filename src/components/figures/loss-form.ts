import { isLossName } from '../../explorers/loss-catalogue.ts';
import { marginInWords } from '../../explorers/loss-tables.ts';
import {
  betaAt,
  inOrder,
  type LossView,
  marginNear,
  marginStep,
  viewFromQuery,
} from '../../explorers/loss-view.ts';
import { formatNumber } from '../../figures/number.ts';

const sliders = ['margin', 'beta', 'labelSmoothing', 'tokens'] as const;

/** The view that a form's controls stand for. */
export function readForm(form: HTMLFormElement): LossView {
  const data = new FormData(form);
  const text = (name: string) => String(data.get(name) ?? '');
  const chosen = new Set(data.getAll('losses').map(String).filter(isLossName));
  const query = new URLSearchParams({
    beta: String(betaAt(Number(text('beta')))),
    labelSmoothing: text('labelSmoothing'),
    tokens: text('tokens'),
    span: text('span'),
    margin: String(marginNear(Number(text('margin')), Number(text('span')))),
    scale: text('scale'),
  });
  // With no curve chosen, the panels stay, empty.
  return { ...viewFromQuery(query.toString()), losses: inOrder(chosen) };
}

/** Sets the controls to a view. The margin last: its bounds follow from the span. */
export function fillForm(form: HTMLFormElement, view: LossView): void {
  for (const box of form.querySelectorAll<HTMLInputElement>('[name="losses"]'))
    box.checked = isLossName(box.value) && view.losses.includes(box.value);
  setValue(form, 'beta', Math.log10(view.beta));
  setValue(form, 'labelSmoothing', view.labelSmoothing);
  setValue(form, 'tokens', view.tokens);
  setValue(form, 'span', view.span);
  setValue(form, 'scale', view.scale);
  boundMargin(form, view);
  setValue(form, 'margin', view.margin);
}

/** Writes the sliders' values beside them. */
export function showValues(form: HTMLFormElement, view: LossView): void {
  boundMargin(form, view);
  for (const name of sliders) {
    const slider = form.querySelector(`[name="${name}"]`);
    const output = form.querySelector(`output[for="loss-${name}"]`);
    const shown = formatNumber(view[name]);
    if (output) output.textContent = shown;
    slider?.setAttribute('aria-valuetext', name === 'margin' ? marginInWords(view) : shown);
  }
}

function boundMargin(form: HTMLFormElement, { span, margin }: LossView): void {
  const slider = form.querySelector<HTMLInputElement>('[name="margin"]');
  if (!slider || slider.max === String(span)) return;
  slider.min = String(-span);
  slider.max = String(span);
  slider.step = String(marginStep(span));
  slider.value = String(margin);
}

function setValue(form: HTMLFormElement, name: keyof LossView, value: string | number): void {
  const control = form.elements.namedItem(name);
  if (control instanceof HTMLInputElement || control instanceof HTMLSelectElement)
    control.value = String(value);
}
