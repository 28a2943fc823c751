import type { Key, StateSpace } from '../../explorers/state.ts';

/** Limits of a slider, in units of its positions. */
export interface Bounds {
  min: number;
  max: number;
  step: number;
}

/**
 * The state with the value that a control now has; the others keep theirs to the last digit. Undefined when the
 * control is none of the state's, or what it holds is no value: a number half typed.
 */
export function readControl<State extends object>(
  form: HTMLFormElement,
  target: EventTarget | null,
  { parameters }: StateSpace<State>,
  state: State,
): State | undefined {
  if (!isControl(target)) return undefined;
  for (const key in parameters) {
    if (key !== target.name) continue;
    const { slider, parse, separator = '' } = parameters[key];
    const ranged = target.type === 'range' && slider;
    const value = ranged
      ? slider.at(Number(target.value))
      : parse(new FormData(form).getAll(key).map(String).join(separator));
    return value === undefined ? undefined : { ...state, [key]: value };
  }
  return undefined;
}

/** Sets the controls to a state. Of several of one name, each has its item of the list. */
export function fillControls<State extends object>(
  form: HTMLFormElement,
  { parameters }: StateSpace<State>,
  state: State,
): void {
  for (const key in parameters) {
    const { slider, print, separator = '' } = parameters[key];
    const text = print(state[key]);
    const items = separator === '' ? [text] : text.split(separator);
    let i = 0;
    for (const control of form.querySelectorAll(`[name="${key}"]`)) {
      if (!isControl(control)) continue;
      if (control.type === 'checkbox' || control.type === 'radio') {
        if (control instanceof HTMLInputElement) control.checked = items.includes(control.value);
      } else if (control.type === 'range' && slider) {
        control.value = String(slider.position(state[key]));
      } else {
        const item = items.length > 1 ? (items[i++] ?? '') : text;
        if (control.value !== item) control.value = item;
      }
    }
  }
}

/** Writes values beside their sliders, and moves the sliders' bounds. */
export function showValues<State extends object>(
  form: HTMLFormElement,
  { parameters }: StateSpace<State>,
  state: State,
  says: { spoken(key: Key<State>): string; bounds(key: Key<State>): Bounds | undefined },
): void {
  for (const key in parameters) {
    const { slider, show } = parameters[key];
    for (const output of form.querySelectorAll(`output[data-of="${key}"]`))
      output.textContent = show(state[key]);
    if (!slider) continue;
    for (const control of form.querySelectorAll<HTMLInputElement>(`input[type="range"][name="${key}"]`)) {
      const bounds = says.bounds(key);
      if (bounds && control.max !== String(bounds.max)) {
        for (const [name, value] of Object.entries(bounds)) control.setAttribute(name, String(value));
        control.value = String(slider.position(state[key]));
      }
      control.setAttribute('aria-valuetext', says.spoken(key));
    }
  }
}

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

function isControl(target: EventTarget | null): target is Control {
  return (
    target instanceof HTMLInputElement ||
    target instanceof HTMLSelectElement ||
    target instanceof HTMLTextAreaElement
  );
}
