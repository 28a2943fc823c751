import { type CatalogueItem, compareBy, orders } from './order.ts';

/** Filters the catalogue by family and orders its rows; by family they stand under their headings again. */
class TrainerCatalogue extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector('form');
    const table = this.querySelector('table');
    if (!form || !table) return;
    const groups = [...table.tBodies];
    const rows = [...table.querySelectorAll<HTMLTableRowElement>('.trainer-row')];
    const home = new Map(rows.map((row) => [row, row.parentElement]));
    const flat = document.createElement('tbody');
    const status = form.querySelector('[role="status"]');

    const apply = () => {
      const data = new FormData(form);
      const family = data.get('family');
      const order = orders.find((each) => each === data.get('order'));
      const shown = rows.filter((row) => !family || row.dataset.family === family);
      for (const row of rows) row.hidden = !shown.includes(row);
      if (order) {
        const compare = compareBy(order);
        flat.append(...[...rows].sort((a, b) => compare(itemOf(a), itemOf(b))));
        table.append(flat);
      } else {
        for (const row of rows) home.get(row)?.append(row);
        flat.remove();
      }
      for (const group of groups) {
        group.hidden = order !== undefined || Boolean(family && group.dataset.family !== family);
      }
      if (status) status.textContent = `${shown.length} of ${rows.length} trainers`;
    };
    form.addEventListener('change', apply);
    form.addEventListener('submit', (event) => event.preventDefault());
    apply();
  }
}

function itemOf({ dataset }: HTMLElement): CatalogueItem {
  return {
    name: dataset.name ?? '',
    priority: Number(dataset.priority),
    memory: Number(dataset.memory),
    difficulty: Number(dataset.difficulty),
    status: dataset.status === 'documented' ? 'documented' : 'remaining',
  };
}

customElements.define('trainer-catalogue', TrainerCatalogue);
