import { searchFilters } from '../../search/filter-names.ts';
import { activeAfter } from './active-option.ts';
import { SearchEngine, type SearchState } from './engine.ts';
import { emptyQuery, type Query, queryFromUrl, queryToUrl, toggled } from './query.ts';
import { renderFilters } from './render-filters.ts';
import { renderResults } from './render-results.ts';
import { statusText } from './status-text.ts';

/** Wait after the last key: long enough to skip words half typed, short enough not to be felt. */
const PAUSE = 60;
/** Results shown at first, enough to fill a dialog, and added by each "Show more". */
const FIRST = 16;
const MORE = 16;

/**
 * `<search-panel data-base="/">`: text field, filters and results, in the dialog and on /search/.
 * The field keeps the focus; `aria-activedescendant` says which result the keys are on.
 * With `data-url` the query is kept in the page's address.
 */
class SearchPanel extends HTMLElement {
  #engine = new SearchEngine(this.dataset.base ?? '/', (state) => this.#show(state));
  #query: Query = emptyQuery;
  #options: HTMLAnchorElement[] = [];
  #active = -1;
  #limit = FIRST;
  /** The query whose results are shown; more of them leave the active one as it is. */
  #shown: Query | undefined;
  #timer: number | undefined;

  connectedCallback(): void {
    this.#input.addEventListener('input', () => this.#typed());
    this.#input.addEventListener('keydown', (event) => this.#key(event));
    this.#part('[data-search-more]').addEventListener('click', () => this.#more());
    this.addEventListener('click', (event) => this.#clicked(event));
    this.querySelector('form')?.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#ask({ ...this.#query, text: this.#input.value.trim() });
    });
    const start = 'url' in this.dataset ? queryFromUrl(location.search) : emptyQuery;
    if (start.text) this.#input.value = start.text;
    this.#ask({ ...start, text: start.text || this.#input.value.trim() });
  }

  get #input(): HTMLInputElement {
    const input = this.querySelector('input');
    if (!input) throw new Error('<search-panel> expects an <input>');
    return input;
  }

  #part(selector: string): HTMLElement {
    const part = this.querySelector<HTMLElement>(selector);
    if (!part) throw new Error(`<search-panel> expects ${selector}`);
    return part;
  }

  #typed(): void {
    clearTimeout(this.#timer);
    void this.#engine.prepare(this.#input.value.trim());
    this.#timer = window.setTimeout(
      () => this.#ask({ ...this.#query, text: this.#input.value.trim() }),
      PAUSE,
    );
  }

  #ask(query: Query): void {
    clearTimeout(this.#timer);
    this.#query = query;
    if ('url' in this.dataset) history.replaceState(history.state, '', location.pathname + queryToUrl(query));
    this.#limit = FIRST;
    void this.#engine.ask(query, FIRST);
  }

  #more(): void {
    this.#limit += MORE;
    void this.#engine.ask(this.#query, this.#limit);
    this.#input.focus();
  }

  #clicked({ target }: Event): void {
    if (!(target instanceof Element)) return;
    const chip = target.closest<HTMLElement>('.search-chip');
    const box = chip?.closest<HTMLElement>('[data-filter]');
    const name = searchFilters.find((filter) => filter === box?.dataset.filter);
    if (chip?.dataset.value && name) this.#ask(toggled(this.#query, name, chip.dataset.value));
    if (target.closest('[role="option"]')) this.closest('dialog')?.close();
  }

  #key(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const option = this.#options[this.#active];
    if (event.key === 'Enter' && option) {
      event.preventDefault();
      if (event.ctrlKey || event.metaKey) window.open(option.href);
      else option.click();
      return;
    }
    const next = activeAfter(event.key, this.#active, this.#options.length);
    if (next === undefined || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    this.#activate(next);
    this.#options[next]?.scrollIntoView({ block: 'nearest' });
  }

  #activate(index: number): void {
    this.#options[this.#active]?.setAttribute('aria-selected', 'false');
    const option = this.#options[index];
    this.#active = option ? index : -1;
    option?.setAttribute('aria-selected', 'true');
    if (option) this.#input.setAttribute('aria-activedescendant', option.id);
    else this.#input.removeAttribute('aria-activedescendant');
  }

  #show(state: SearchState): void {
    const listbox = this.#part('[role="listbox"]');
    const groups = state.name === 'found' ? state.groups : [];
    this.dataset.state = state.name;
    if (state.name === 'none' || (state.name === 'found' && state.complete))
      this.dataset.answered = state.query.text;
    const again = state.name === 'found' && state.query === this.#shown;
    const active = again ? this.#active : 0;
    this.#shown = state.name === 'found' ? state.query : undefined;
    this.#options = renderResults(listbox, groups);
    this.#active = -1;
    this.#activate(Math.min(active, this.#options.length - 1));
    listbox.hidden = groups.length === 0;
    this.#input.setAttribute('aria-expanded', String(groups.length > 0));
    this.#part('[role="status"]').textContent = statusText(state);
    this.#part('[data-search-none]').hidden = state.name !== 'none';
    this.#part('[data-search-missing]').hidden = state.name !== 'missing';
    this.#part('[data-search-more]').hidden = !(state.name === 'found' && state.more);
    if ('counts' in state) renderFilters(this, this.#query, state.counts);
  }
}

customElements.define('search-panel', SearchPanel);

declare global {
  interface HTMLElementTagNameMap {
    'search-panel': SearchPanel;
  }
}
