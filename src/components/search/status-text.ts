import type { SearchState } from './engine.ts';

/** The one sentence that the search shows and says about its state. */
export function statusText(state: SearchState): string {
  switch (state.name) {
    case 'idle':
      return 'Type to search pages, config fields and glossary terms.';
    case 'loading':
      return 'Loading the search index…';
    case 'missing':
      return 'There is no search index here.';
    case 'none':
      return `Nothing found for “${state.query.text}”${chosen(state) ? ' with these filters' : ''}.`;
    case 'found': {
      const pages = state.groups.length;
      const results = `${state.total} ${state.total === 1 ? 'result' : 'results'}`;
      const read = state.corrected.map(({ from, to }) => ` “${from}” was read as “${to}”.`).join('');
      return `${results} for “${state.query.text}”${state.more ? '' : `, on ${pages} ${pages === 1 ? 'page' : 'pages'}`}.${read}`;
    }
  }
}

function chosen({ query }: { query: { filters: Record<string, readonly string[]> } }): boolean {
  return Object.values(query.filters).some((values) => values.length > 0);
}
