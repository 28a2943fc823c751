import { compareBy } from './order.ts';
import {
  type CatalogueView,
  type FilteredItem,
  fits,
  mostCompared,
  readView,
  toggleCompared,
  writeView,
} from './view.ts';

/**
 * Filters the catalogue, orders its rows (by family they stand under their headings again), and shows chosen
 * trainers side by side. What is chosen stands in the address.
 */
class TrainerCatalogue extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector('form');
    const table = this.querySelector<HTMLTableElement>('table.catalogue');
    if (!form || !table) return;
    const groups = [...table.tBodies];
    const rows = [...table.querySelectorAll<HTMLTableRowElement>('.trainer-row')];
    const items = new Map(rows.map((row) => [row, itemOf(row)]));
    const item = (row: HTMLTableRowElement) => items.get(row) ?? itemOf(row);
    const home = new Map(rows.map((row) => [row, row.parentElement]));
    const flat = document.createElement('tbody');
    const status = form.querySelector('[role="status"]');
    const boxes = [...this.querySelectorAll<HTMLInputElement>('input[name="compare"]')];
    let view = readView(location.search, [...items.values()]);
    // A learning path that the page was opened from stays in the address.
    const following = /(?<=[?&])path=[^&]*/.exec(location.search)?.[0];

    const show = () => {
      const shown = rows.filter((row) => fits(item(row), view));
      for (const row of rows) row.hidden = !shown.includes(row);
      const order = view.order;
      if (order) {
        const compare = compareBy(order);
        flat.append(...[...rows].sort((a, b) => compare(item(a), item(b))));
        table.append(flat);
      } else {
        for (const row of rows) home.get(row)?.append(row);
        flat.remove();
      }
      for (const group of groups) {
        group.hidden =
          order !== '' ||
          ![...group.querySelectorAll('.trainer-row')].some(
            (row) => !(row instanceof HTMLElement && row.hidden),
          );
      }
      if (status) status.textContent = `${shown.length} of ${rows.length} trainers`;
      for (const box of boxes) {
        box.checked = view.compare.includes(box.value);
        box.disabled = !box.checked && view.compare.length >= mostCompared;
      }
      this.compare(view.compare);
    };
    const change = (next: CatalogueView) => {
      view = next;
      const query = [writeView(view), following].filter(Boolean).join('&');
      history.replaceState(null, '', query ? `?${query}` : location.pathname);
      show();
    };

    fill(form, view);
    form.addEventListener('change', () => {
      const chosen = Object.fromEntries(new FormData(form));
      const read = new URLSearchParams(Object.entries(chosen).map(([key, value]) => [key, String(value)]));
      change({ ...readView(`?${read}`, [...items.values()]), compare: view.compare });
    });
    form.addEventListener('submit', (event) => event.preventDefault());
    for (const box of boxes) {
      box.addEventListener('change', () => {
        change({ ...view, compare: toggleCompared(view.compare, box.value, box.checked) });
      });
    }
    this.querySelector('[data-clear]')?.addEventListener('click', () => {
      change({ ...view, compare: [] });
      boxes[0]?.focus();
    });
    show();
  }

  /** Shows the columns of these trainers, in this order; the panel goes when there are none. */
  private compare(slugs: readonly string[]) {
    const panel = this.querySelector<HTMLElement>('.compare');
    if (!panel) return;
    panel.hidden = slugs.length === 0;
    for (const row of panel.querySelectorAll('tr')) {
      const cells = [...row.querySelectorAll<HTMLElement>('[data-slug]')];
      for (const cell of cells) cell.hidden = !slugs.includes(cell.dataset.slug ?? '');
      row.append(...slugs.flatMap((slug) => cells.filter((cell) => cell.dataset.slug === slug)));
    }
    const hint = panel.querySelector<HTMLElement>('[data-hint]');
    if (hint) hint.hidden = slugs.length !== 1;
  }
}

/** Sets the form to what the address asks for. */
function fill(form: HTMLFormElement, { compare: _, ...chosen }: CatalogueView) {
  for (const [name, value] of Object.entries(chosen)) {
    const control = form.elements.namedItem(name);
    if (control instanceof RadioNodeList || control instanceof HTMLSelectElement) control.value = value;
  }
}

function itemOf({ id, dataset }: HTMLElement): FilteredItem {
  return {
    slug: id,
    name: dataset.name ?? '',
    family: dataset.family ?? '',
    data: dataset.format ?? '',
    models: Number(dataset.models),
    generates: dataset.generates === 'yes',
    priority: Number(dataset.priority),
    memory: Number(dataset.memory),
    difficulty: Number(dataset.difficulty),
    status: dataset.status === 'documented' ? 'documented' : 'remaining',
  };
}

customElements.define('trainer-catalogue', TrainerCatalogue);
