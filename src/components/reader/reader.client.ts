import { openSearch } from '../search/open-search.client.ts';

/**
 * The reader's tools that every page runs: it only listens. Keys, previews and copying are fetched when somebody
 * begins to use them.
 */

/** Links whose place is shown before one goes there: those in running text. */
const previewed = ':is(.prose, .term-entry, .symbols) a[href]:not([rel], .permalink, .marker, [download])';

const shortcuts = () => import('./shortcuts.client.ts');

/** Whether a key press belongs to what the reader is typing in. */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.closest('input, textarea, select') !== null)
  );
}

/** Whether the reader has switched single keys off. */
function areOff(): boolean {
  try {
    return localStorage.keys === 'off';
  } catch {
    return false; // storage is forbidden, so nobody can have
  }
}

document.addEventListener('keydown', (event) => {
  const { key, target } = event;
  const modified = event.ctrlKey || event.metaKey;
  if (event.altKey) return;
  if (modified ? key.toLowerCase() === 'k' : key === '/' && !isTyping(target) && !areOff()) {
    event.preventDefault();
    void openSearch();
  } else if (!modified && /^[?a-z]$/.test(key) && !isTyping(target) && !areOff()) {
    if (!document.querySelector('dialog[open]')) void shortcuts().then(({ press }) => press(key));
  }
});

document.addEventListener('keydown', ({ key }) => {
  if (key === 'Tab') void import('./scroll-stops.client.ts');
});

const narrow = matchMedia('(max-width: 48rem)');
const reflow = () => narrow.matches && void import('./wide-formulas.client.ts');
reflow();
narrow.addEventListener('change', reflow);

/** Whether this browser keeps the site for reading offline. */
const isKept = () => navigator.serviceWorker?.controller;

document.addEventListener('click', (event) => {
  const { target } = event;
  const tool = target instanceof Element && target.closest<HTMLElement>('[data-tool]')?.dataset.tool;
  if (tool === 'keys') void shortcuts().then(({ showShortcuts }) => showShortcuts());
  if (tool === 'copy') void import('./copy-page.client.ts').then(({ copyPage }) => copyPage());
  if (tool === 'print' || tool === 'print-answers') {
    void import('./print-page.client.ts').then(({ printPage }) => printPage(tool === 'print-answers'));
  }
  const file = target instanceof Element && target.closest<HTMLAnchorElement>('a[download]');
  if (file && file.origin === location.origin && file.protocol !== 'blob:' && isKept()) {
    event.preventDefault();
    void import('../offline/download.client.ts').then(({ download }) => download(file));
  }
});

if (isKept()) void import('../offline/kept-mark.client.ts');

for (const intent of ['pointerover', 'focusin'] as const) {
  document.addEventListener(intent, (event) => {
    const link = event.target instanceof Element && event.target.closest<HTMLAnchorElement>(previewed);
    if (link && !(event instanceof PointerEvent && event.pointerType === 'touch')) {
      void import('./preview.client.ts').then(({ intend }) => intend(link, event));
    }
  });
}
