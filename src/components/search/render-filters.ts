import { type SearchFilter, searchFilters } from '../../search/filter-names.ts';
import type { FilterCounts } from './pagefind.ts';
import type { Query } from './query.ts';
import { element } from './render-results.ts';

/**
 * Fills each `[data-filter]` of the panel with one toggle for each value that the query has results for.
 * A chosen value stays even without results, so that it can be switched off; focus stays on its chip.
 */
export function renderFilters(panel: HTMLElement, query: Query, counts: FilterCounts): void {
  for (const name of searchFilters) {
    const box = panel.querySelector<HTMLElement>(`[data-filter="${name}"]`);
    if (!box) continue;
    const focused = box.contains(document.activeElement)
      ? document.activeElement?.getAttribute('data-value')
      : undefined;
    const chips = valuesOf(name, query, counts).map(([value, count]) => {
      const chip = element(
        'button',
        'search-chip',
        value,
        ' ',
        element('span', 'search-count', String(count)),
      );
      chip.type = 'button';
      chip.dataset.value = value;
      chip.setAttribute('aria-pressed', String(query.filters[name].includes(value)));
      return chip;
    });
    box.querySelector('.search-chips')?.replaceChildren(...chips);
    box.hidden = chips.length === 0;
    chips.find((chip) => chip.dataset.value === focused)?.focus();
  }
}

function valuesOf(name: SearchFilter, query: Query, counts: FilterCounts): [string, number][] {
  const counted = counts[name] ?? {};
  const values = new Set([...Object.keys(counted), ...query.filters[name]]);
  return [...values]
    .map((value): [string, number] => [value, counted[value] ?? 0])
    .filter(([value, count]) => count > 0 || query.filters[name].includes(value));
}
