import { loadStyle } from '../reader/load-style.ts';
import searchCss from './search.css?url';

/**
 * The only script of the search that every page runs: it opens the dialog on a click, and fetches the search
 * itself when somebody is about to use it. `reader.client.ts` listens to the keys.
 */
const dialog = document.querySelector<HTMLDialogElement>('dialog[data-search]');
const load = () => import('./search-panel.client.ts');
/** Until its style sheet is there, the dialog can be typed into and is not seen. */
const style = () => loadStyle(searchCss).then(() => dialog?.setAttribute('data-styled', ''));

/** Opens the dialog, or goes to the field of the search page. */
export async function openSearch(): Promise<void> {
  const onPage = document.querySelector('search-panel[data-url]');
  if (!onPage && dialog && !dialog.open) {
    void style();
    dialog.showModal();
  }
  // At once: what is typed while the search is being fetched belongs to the query.
  const field = (onPage ?? dialog)?.querySelector('input');
  field?.focus();
  field?.select();
  await load();
}

for (const button of document.querySelectorAll('[data-search-open]')) {
  button.addEventListener('click', (event) => {
    if (event instanceof MouseEvent && (event.ctrlKey || event.metaKey || event.shiftKey)) return;
    event.preventDefault();
    void openSearch();
  });
  for (const intent of ['pointerenter', 'focus'])
    button.addEventListener(
      intent,
      () => {
        void load();
        void style();
      },
      { once: true },
    );
}

dialog?.addEventListener('click', ({ target }) => {
  const closes = target === dialog || (target instanceof Element && target.closest('[data-search-close]'));
  if (closes) dialog.close();
});

if (document.querySelector('search-panel[data-url]')) void load();
