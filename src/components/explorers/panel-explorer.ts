import type { CursorPanel } from '../../explorers/cursor-panel.ts';
import type { Key } from '../../explorers/state.ts';
import { layoutPanel, size } from '../../figures/panel.ts';
import { cursorMarkup, panelMarkup } from '../../figures/panel-markup.ts';
import { ExplorerElement } from './explorer-element.ts';

/**
 * An explorer of panels that share a cursor: a value of the state, moved by its slider and by dragging in any
 * panel. The element holds an `svg.panel` for each.
 */
export abstract class PanelExplorer<State extends object> extends ExplorerElement<State> {
  /** The key of the cursor's position, a number on the panels' x axis; `settle` brings it onto its grid. */
  protected abstract readonly cursor: Key<State>;

  /** The panels of a state, in the order of the page. */
  protected abstract panels(state: State): readonly CursorPanel[];

  protected override draw(state: State): void {
    const svgs = this.#svgs;
    this.panels(state).forEach(({ spec, description, cursor, hidden = false }, i) => {
      const svg = svgs[i];
      svg?.toggleAttribute('hidden', hidden);
      if (hidden) return;
      const drawing = svg?.querySelector('g');
      const words = svg?.querySelector('desc');
      if (drawing)
        drawing.innerHTML = panelMarkup(spec) + (cursor ? cursorMarkup(spec, cursor.x, cursor.values) : '');
      if (words) words.textContent = description;
    });
    super.draw(state);
  }

  protected override live(): void {
    this.#svgs.forEach((svg, i) => {
      svg.addEventListener('pointerdown', (event) => {
        if (!event.isPrimary || event.button !== 0) return;
        svg.setPointerCapture(event.pointerId);
        this.#point(event, svg, i);
      });
      svg.addEventListener('pointermove', (event) => {
        if (svg.hasPointerCapture(event.pointerId)) this.#point(event, svg, i);
      });
    });
  }

  get #svgs(): SVGSVGElement[] {
    return [...this.querySelectorAll<SVGSVGElement>('svg.panel')];
  }

  #point({ clientX }: PointerEvent, svg: SVGSVGElement, index: number): void {
    const panel = this.panels(this.state)[index];
    if (!panel?.cursor) return;
    const { left, width } = svg.getBoundingClientRect();
    const { x } = layoutPanel(panel.spec);
    const [from, to] = x.domain;
    const at = x.invert(((clientX - left) / width) * size.width);
    const held = Math.min(to, Math.max(from, at));
    this.change({ ...this.state, [this.cursor]: panel.valueAt?.(held) ?? held });
  }
}
