import type { Key, StateSpace } from '../../explorers/state.ts';
import { escapeMarkup } from '../../figures/panel-markup.ts';

/** A name before a control, and in small what it means. */
export interface Label {
  /** Markup. */
  label: string;
  /** Markup. */
  means?: string;
}

/** A box of a group of checkboxes. */
export interface Box<Name extends string> {
  value: Name;
  /** Markup. */
  label: string;
}

/**
 * Controls of a state's keys as HTML, with ids that begin with the explorer's prefix. They come with the
 * explorer's script: without that they could do nothing, and the page is lighter until somebody is near.
 */
export class ControlMarkup<State extends object> {
  readonly #prefix: string;
  readonly #space: StateSpace<State>;
  readonly state: State;

  constructor(prefix: string, space: StateSpace<State>, state: State) {
    this.#prefix = prefix.replace(/\W+$/, '');
    this.#space = space;
    this.state = state;
  }

  /** An id that no other explorer of the page has. */
  id(name: string): string {
    return `${this.#prefix}-${name}`;
  }

  /** Throws when the key's parameter has no slider. `wide`: on one line, where there is room. */
  slider(key: Key<State>, { label, means }: Label, wide = false): string {
    const { slider } = this.#space.parameters[key];
    if (!slider) throw new Error(`ControlMarkup: expected a slider of ${key}, found none`);
    const { min, max, step } = slider;
    const at = slider.position(this.state[key]);
    return `<p class="explorer-slider${wide ? ' explorer-cursor' : ''}">${this.#label(key, { label, means })}
<input id="${this.id(key)}" name="${key}" type="range" min="${min}" max="${max}" step="${step}" value="${at}">
<output aria-live="off" for="${this.id(key)}" data-of="${key}"></output></p>`;
  }

  /** Options by their value, in words. */
  select(
    key: Key<State>,
    label: Label,
    options: readonly (readonly [value: string, words: string])[],
  ): string {
    const chosen = this.#printed(key);
    const items = options.map(
      ([value, words]) => `<option value="${value}"${value === chosen ? ' selected' : ''}>${words}</option>`,
    );
    return `<p>${this.#label(key, label)} <select id="${this.id(key)}" name="${key}">${items.join('')}</select></p>`;
  }

  /** A single box, for a flag. */
  checkbox(key: Key<State>, label: string): string {
    const on = this.#printed(key) === '1';
    return `<p><label><input type="checkbox" name="${key}" value="1"${on ? ' checked' : ''}> ${label}</label></p>`;
  }

  /** Boxes of a list of names, under a title. */
  boxes<Name extends string>(key: Key<State>, title: string, boxes: readonly Box<Name>[]): string {
    const id = this.id(title.toLowerCase().replace(/\W+/g, '-'));
    const chosen = this.#printed(key).split(this.#space.parameters[key].separator ?? '');
    const items = boxes.map(
      ({ value, label }) =>
        `<label><input type="checkbox" name="${key}" value="${value}"${chosen.includes(value) ? ' checked' : ''}> ${label}</label>`,
    );
    return `<div role="group" aria-labelledby="${id}"><p id="${id}" class="label">${title}</p>${items.join('')}</div>`;
  }

  /** A field for a number; of a list, the item at `index`. Bounds are attributes that the browser checks. */
  field(
    key: Key<State>,
    label: Label,
    { min, max, step, index }: { min: number; max: number; step: number; index?: number },
  ): string {
    const id = this.id(index === undefined ? key : `${key}-${index}`);
    const text = this.#printed(key);
    const value = index === undefined ? text : text.split(this.#space.parameters[key].separator ?? '')[index];
    return `<p>${this.#label(key, label, id)} <input id="${id}" name="${key}" type="number" min="${min}" max="${max}" step="${step}" value="${escapeMarkup(value ?? '')}"></p>`;
  }

  /** A field for text. */
  textarea(key: Key<State>, label: Label, rows: number): string {
    return `<p>${this.#label(key, label)} <textarea id="${this.id(key)}" name="${key}" rows="${rows}" spellcheck="false">${escapeMarkup(this.#printed(key))}</textarea></p>`;
  }

  #printed(key: Key<State>): string {
    return this.#space.parameters[key].print(this.state[key]);
  }

  #label(key: string, { label, means }: Label, id = this.id(key)): string {
    return `<label for="${id}">${label}${means ? ` <span class="label">${means}</span>` : ''}</label>`;
  }
}
