/**
 * The only script of the search that every page runs: it opens the dialog on a click, on Ctrl-K or Cmd-K and
 * on `/`, and fetches the search itself when somebody is about to use it.
 */
const dialog = document.querySelector<HTMLDialogElement>('dialog[data-search]');
const load = () => import('./search-panel.client.ts');

async function open(): Promise<void> {
  const onPage = document.querySelector('search-panel[data-url]');
  if (!onPage && dialog && !dialog.open) dialog.showModal();
  // At once: what is typed while the search is being fetched belongs to the query.
  const field = (onPage ?? dialog)?.querySelector('input');
  field?.focus();
  field?.select();
  await load();
}

/** Whether a key press belongs to what the reader is typing in. */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.closest('input, textarea, select') !== null)
  );
}

document.addEventListener('keydown', (event) => {
  const combination = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k';
  const slash =
    event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target);
  if (!combination && !slash) return;
  event.preventDefault();
  void open();
});

for (const button of document.querySelectorAll('[data-search-open]')) {
  button.addEventListener('click', (event) => {
    if (event instanceof MouseEvent && (event.ctrlKey || event.metaKey || event.shiftKey)) return;
    event.preventDefault();
    void open();
  });
  for (const intent of ['pointerenter', 'focus'])
    button.addEventListener(intent, () => void load(), { once: true });
}

dialog?.addEventListener('click', ({ target }) => {
  const closes = target === dialog || (target instanceof Element && target.closest('[data-search-close]'));
  if (closes) dialog.close();
});

if (document.querySelector('search-panel[data-url]')) void load();
