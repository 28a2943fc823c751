import {
  changedKeys,
  type Key,
  type StateSpace,
  startState,
  stateFromQuery,
  stateIntoQuery,
} from '../../explorers/state.ts';
import { ControlMarkup } from './control-markup.ts';
import controlsCss from './controls.css?url';
import { type Bounds, fillControls, readControl, showValues } from './form.ts';

/*
 * How to add an explorer, `clipping` for example. Nothing is listed but its record; files are found by name.
 *
 * 1. Maths and words, pure, in `src/explorers/clipping/`: the state's interface and its `StateSpace` (parameters,
 *    standard, `settle` where values depend on each other), and functions from a state to numbers and to markup.
 *    Tested against `readVectors('clipping', …)`, which `src/python/vector_sets/clipping.py` gives.
 * 2. Its record in `src/explorers/registry.ts`: name, prefix of its keys in the address, question.
 * 3. The static figure, `src/components/explorers/clipping/Figure.astro`: takes `start`, makes the state by
 *    `startState(space, start)`, and puts the SVG into `<ExplorerFrame>`. What the element writes anew has the
 *    attribute `data-part="…"` and the same markup, from the same function.
 * 4. The element, `src/components/explorers/clipping/clipping.client.ts`: a subclass of `ExplorerElement`, or of
 *    `PanelExplorer` when it draws panels with a cursor, and at the end
 *    `customElements.define('explorer-clipping', …)`. The loader fetches it near the viewport, by that name.
 * 5. `<Explorer name="clipping" start="methods=clip&eps=0.2" />` in MDX. Once a page: ids carry its prefix. On a page
 *    of the site itself, its record says which by `sitePage`. A link opens it in a state:
 *    `/guides/ppo-objective/?clip.eps=0.1#explorer-clipping`; the check knows wrong starts and links.
 *
 * Keys of the state are the names of its controls, and with the prefix its keys in the address. The address
 * says only what differs from the page's start. A control that only some states need stands in `data-only`.
 * Text that a reader typed reaches markup through `escapeMarkup`.
 */

/** Browsers refuse an address that changes more than about three times a second. */
const addressPause = 400;

/**
 * An explorer: the static figure inside it comes to life. It puts a form into `[data-controls]`, keeps the form,
 * the state and the address in step, and rewrites the parts of the figure when the state changes.
 */
export abstract class ExplorerElement<State extends object> extends HTMLElement {
  /** What the state consists of. */
  protected abstract readonly space: StateSpace<State>;

  /** Addresses of style sheets that only this explorer needs: `import css from './clipping.css?url'`. */
  protected readonly styles: readonly string[] = [];

  /** The form's inside: controls of the state's keys, a `<button type="reset">`, parts. */
  protected abstract controls(controls: ControlMarkup<State>): string;

  /** What stands inside each `data-part`, by its name. Parts that the element does not hold are left out. */
  protected abstract parts(state: State): Readonly<Record<string, string>>;

  /** A value as its slider says it, where that is more than its number. */
  protected spoken(key: Key<State>, state: State): string {
    return this.space.parameters[key].show(state[key]);
  }

  /** Bounds of a slider that depend on other values. */
  protected bounds(_key: Key<State>, _state: State): Bounds | undefined {
    return undefined;
  }

  /** Words of this state: a control in an element with `data-only` is offered while one of its words is here. */
  protected relevant(_state: State): readonly string[] {
    return [];
  }

  /** Brings the figure in line with the state, in an animation frame. */
  protected draw(state: State): void {
    const words = this.relevant(state);
    for (const setting of this.querySelectorAll<HTMLElement>('[data-only]'))
      setting.hidden = !setting.dataset.only?.split(' ').some((word) => words.includes(word));
    for (const [name, markup] of Object.entries(this.parts(state))) this.#write(name, markup);
  }

  #state: State | undefined;
  #start: State | undefined;
  #written = new Map<string, string>();
  #frame = 0;
  #timer: number | undefined;

  connectedCallback(): void {
    if (this.#state) return;
    const { prefix = '', start = '', label = '' } = this.dataset;
    this.#start = startState(this.space, start);
    this.#state = stateFromQuery(this.space, new URLSearchParams(location.search), prefix, this.#start);
    const form = document.createElement('form');
    form.className = 'explorer-form';
    form.setAttribute('aria-label', label);
    form.autocomplete = 'off';
    form.innerHTML = `${this.controls(new ControlMarkup(prefix, this.space, this.#state))}<p class="explorer-said" role="status" data-said></p>`;
    const place = this.querySelector('[data-controls]');
    if (!place) throw new Error(`<${this.localName}> expects [data-controls]`);
    place.innerHTML = [controlsCss, ...this.styles]
      .map((address) => `<link rel="stylesheet" href="${address}">`)
      .join('');
    place.append(form);
    form.addEventListener('input', ({ target }) => this.#read(form, target));
    // A number that was typed half, or out of bounds, gives way to the value in force.
    form.addEventListener('change', () => this.fill());
    form.addEventListener('submit', (event) => event.preventDefault());
    form.addEventListener('reset', (event) => {
      event.preventDefault();
      if (this.#start) this.change(this.#start);
    });
    this.live();
    this.#accept(this.#state, form);
  }

  disconnectedCallback(): void {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#timer);
  }

  /** Sets the form to the state: after an override of `draw` has put controls of its own into it. */
  protected fill(): void {
    const form = this.querySelector('form');
    if (form) fillControls(form, this.space, this.state);
  }

  /** Called once, when the controls are there: for listeners beyond those of the form. */
  protected live(): void {}

  /** The state in force. */
  protected get state(): State {
    return this.#state ?? this.space.standard;
  }

  /** Takes over a state that does not come from the form, and sets the form to it. */
  protected change(state: State): void {
    const form = this.querySelector('form');
    const settled = this.space.settle?.(state) ?? state;
    if (form && changedKeys(this.space, this.state, settled).length > 0) this.#accept(settled, form);
  }

  #read(form: HTMLFormElement, target: EventTarget | null): void {
    const control = readControl(form, target, this.space, this.state);
    this.#say(form, control ? '' : refusal(target));
    if (!control) return;
    const state = this.space.settle?.(control) ?? control;
    // What settling moved has to be seen in the form; what the reader is typing stays as it is.
    const moved = changedKeys(this.space, control, state).length > 0;
    this.#accept(state, form, moved);
  }

  #say(form: HTMLFormElement, text: string): void {
    const place = form.querySelector('[data-said]');
    if (place && place.textContent !== text) place.textContent = text;
  }

  #accept(state: State, form: HTMLFormElement, fill = true): void {
    this.#state = state;
    showValues(form, this.space, state, {
      spoken: (key) => this.spoken(key, state),
      bounds: (key) => this.bounds(key, state),
    });
    if (fill) fillControls(form, this.space, state);
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.draw(this.state));
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#keepInAddress(), addressPause);
  }

  #keepInAddress(): void {
    if (!this.#start) return;
    const url = new URL(location.href);
    // Untouched, so that others' keys keep their spelling.
    const before = url.searchParams.toString();
    stateIntoQuery(this.space, url.searchParams, this.dataset.prefix ?? '', this.#start, this.state);
    if (url.searchParams.toString() !== before) history.replaceState(history.state, '', url);
  }

  #write(name: string, markup: string): void {
    if (this.#written.get(name) === markup) return;
    this.#written.set(name, markup);
    for (const part of this.querySelectorAll(`[data-part="${name}"]`)) part.innerHTML = markup;
  }
}

/** What a reader is told whose number is none, or out of bounds. */
function refusal(target: EventTarget | null): string {
  if (!(target instanceof HTMLInputElement) || target.type !== 'number') return '';
  return `Expected a number from ${target.min} to ${target.max}; the last one stays in force.`;
}
