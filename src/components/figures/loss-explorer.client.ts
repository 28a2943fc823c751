import { lookOf } from '../../explorers/loss-catalogue.ts';
import { alongPath, lossPanels } from '../../explorers/loss-curves.ts';
import {
  describe,
  notesMarkup,
  numbersMarkup,
  readoutMarkup,
  settingsText,
} from '../../explorers/loss-tables.ts';
import {
  defaultView,
  type LossView,
  marginNear,
  viewFromQuery,
  viewToQuery,
} from '../../explorers/loss-view.ts';
import { layoutPanel, type PanelSpec, size } from '../../figures/panel.ts';
import { cursorMarkup, panelMarkup } from '../../figures/panel-markup.ts';
import controlsCss from './loss-controls.css?url';
import { controlsMarkup } from './loss-controls.ts';
import { fillForm, readForm, showValues } from './loss-form.ts';

/** Browsers refuse an address that changes more than about three times a second. */
const addressPause = 400;

/**
 * `<loss-explorer>`: redraws the figure inside it when its form changes, moves the margin's cursor with the
 * pointer, and keeps what the reader chose in the page's address.
 */
class LossExplorer extends HTMLElement {
  #view: LossView = defaultView;
  #frame = 0;
  #timer: number | undefined;

  connectedCallback(): void {
    this.#part('[data-controls]', HTMLElement).innerHTML =
      `<link rel="stylesheet" href="${controlsCss}">${controlsMarkup(defaultView)}`;
    const form = this.#part('form', HTMLFormElement);
    form.addEventListener('input', () => this.#change(readForm(form)));
    form.addEventListener('submit', (event) => event.preventDefault());
    form.addEventListener('reset', (event) => {
      event.preventDefault();
      this.#change(defaultView, true);
    });
    for (const svg of this.#panels) {
      svg.addEventListener('pointerdown', (event) => this.#grab(event, svg));
      svg.addEventListener('pointermove', (event) => {
        if (svg.hasPointerCapture(event.pointerId)) this.#point(event, svg);
      });
    }
    this.#change(viewFromQuery(location.search), true);
  }

  disconnectedCallback(): void {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#timer);
  }

  get #panels(): SVGSVGElement[] {
    return [...this.querySelectorAll<SVGSVGElement>('svg.panel')];
  }

  #part<E extends HTMLElement>(selector: string, type: new () => E): E {
    const part = this.querySelector(selector);
    if (!(part instanceof type)) throw new Error(`<loss-explorer> expects ${selector}`);
    return part;
  }

  /** Takes a view over; `fill` when it does not come from the form. */
  #change(view: LossView, fill = false): void {
    const same = viewToQuery({ ...view, margin: 0 }) === viewToQuery({ ...this.#view, margin: 0 });
    this.#view = view;
    const form = this.#part('form', HTMLFormElement);
    if (fill) fillForm(form, view);
    showValues(form, view);
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#draw(same));
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      const address = location.pathname + viewToQuery(view, location.search) + location.hash;
      if (address !== location.pathname + location.search + location.hash)
        history.replaceState(history.state, '', address);
    }, addressPause);
  }

  #draw(cursorOnly: boolean): void {
    const view = this.#view;
    const { loss, slope } = lossPanels(view);
    const [lossPanel, slopePanel] = this.#panels;
    if (lossPanel) this.#drawPanel(lossPanel, loss, 'loss');
    if (slopePanel) this.#drawPanel(slopePanel, slope, 'slope');
    this.#part('[data-readout]', HTMLElement).innerHTML = readoutMarkup(view);
    if (cursorOnly) return;
    this.#part('[data-numbers]', HTMLElement).innerHTML = numbersMarkup(view);
    this.#part('[data-notes]', HTMLElement).innerHTML = notesMarkup(view);
    this.#part('[data-settings]', HTMLElement).textContent = settingsText(view);
  }

  #drawPanel(svg: SVGSVGElement, spec: PanelSpec, quantity: 'loss' | 'slope'): void {
    const view = this.#view;
    const values = view.losses.map((name) => ({
      line: { name, points: [], ...lookOf(name) },
      y: alongPath(name, view.margin, view)[quantity],
    }));
    const drawing = svg.querySelector('g');
    const description = svg.querySelector('desc');
    if (drawing) drawing.innerHTML = panelMarkup(spec) + cursorMarkup(spec, view.margin, values);
    if (description) description.textContent = describe(view, quantity === 'loss' ? 'Losses' : 'Slopes');
  }

  #grab(event: PointerEvent, svg: SVGSVGElement): void {
    if (!event.isPrimary || event.button !== 0) return;
    svg.setPointerCapture(event.pointerId);
    this.#point(event, svg);
  }

  /** Puts the cursor where the pointer is, on the slider's steps. */
  #point(event: PointerEvent, svg: SVGSVGElement): void {
    const { left, width } = svg.getBoundingClientRect();
    const panels = lossPanels(this.#view);
    const spec = svg === this.#panels[0] ? panels.loss : panels.slope;
    const { span } = this.#view;
    const margin = layoutPanel(spec).x.invert(((event.clientX - left) / width) * size.width);
    this.#change({ ...this.#view, margin: marginNear(margin, span) }, true);
  }
}

customElements.define('loss-explorer', LossExplorer);
