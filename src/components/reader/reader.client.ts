import { openSearch } from '../search/open-search.client.ts';

/**
 * The reader's tools that every page runs: it only listens. Keys, previews and copying are fetched when somebody
 * begins to use them.
 */

/** Links whose place is shown before one goes there: those in running text. */
const previewed = ':is(.prose, .term-entry, .symbols) a[href]:not([rel], .permalink, .marker, [download])';

/** Whether a key press belongs to what the reader is typing in. */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.closest('input, textarea, select') !== null)
  );
}

/** Whether the reader has switched single keys off. Throws where storage is forbidden. */
function areOff(): boolean {
  return localStorage.getItem('keys') === 'off';
}

document.addEventListener('keydown', (event) => {
  const { key, target } = event;
  const modified = event.ctrlKey || event.metaKey;
  if (modified && !event.altKey && key.toLowerCase() === 'k') {
    event.preventDefault();
    void openSearch();
  } else if (!modified && !event.altKey && /^[/?a-z]$/.test(key) && !isTyping(target)) {
    try {
      if (areOff()) return;
    } catch {
      // Nobody can have switched them off.
    }
    if (key === '/') {
      event.preventDefault();
      void openSearch();
    } else if (!document.querySelector('dialog[open]')) {
      void import('./shortcuts.client.ts').then(({ press }) => press(key));
    }
  }
});

document.addEventListener('click', ({ target }) => {
  if (!(target instanceof Element)) return;
  if (target.closest('[data-shortcuts]')) {
    void import('./shortcuts.client.ts').then(({ showShortcuts }) => showShortcuts());
  } else if (target.closest('[data-copy-page]')) {
    void import('./copy-page.client.ts').then(({ copyPage }) => copyPage());
  }
});

for (const intent of ['pointerover', 'focusin'] as const) {
  document.addEventListener(intent, (event) => {
    const link = event.target instanceof Element && event.target.closest<HTMLAnchorElement>(previewed);
    if (link && !(event instanceof PointerEvent && event.pointerType === 'touch')) {
      void import('./preview.client.ts').then(({ intend }) => intend(link, event));
    }
  });
}
