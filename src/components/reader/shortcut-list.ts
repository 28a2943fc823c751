/** A key, or keys one after another, and what they do. */
export interface Shortcut {
  keys: readonly string[];
  does: string;
}

/** Single keys, which the reader may switch off. `press` in shortcuts.client.ts does what they say. */
export const singleKeys: readonly Shortcut[] = [
  { keys: ['/'], does: 'search' },
  { keys: ['n'], does: 'next page' },
  { keys: ['p'], does: 'previous page' },
  { keys: ['t'], does: 'contents of this page' },
  { keys: ['m'], does: 'copy this page as Markdown' },
  { keys: ['d'], does: 'light or dark' },
  { keys: ['g', 'h'], does: 'go to the home page' },
  { keys: ['g', 't'], does: 'go to the trainers' },
  { keys: ['g', 'g'], does: 'go to the glossary' },
  { keys: ['?'], does: 'this list' },
];

/** Keys that always work. */
export const otherKeys: readonly Shortcut[] = [
  { keys: ['Ctrl K'], does: 'search; ⌘ K on a Mac' },
  { keys: ['Tab'], does: 'go through the links; one in the text shows a preview' },
  { keys: ['Esc'], does: 'close a preview, the search, this list' },
];

/** What stands inside the dialog. */
export function shortcutsMarkup(areOn: boolean): string {
  return `<form method="dialog" class="shortcuts-head">
<h2 id="shortcuts-title">Keyboard shortcuts</h2>
<button class="shortcuts-close">Close <kbd aria-hidden="true">Esc</kbd></button>
</form>
<label class="shortcuts-switch"><input type="checkbox" role="switch"${areOn ? ' checked' : ''}> Single keys work when nothing is being typed</label>
<dl data-single${areOn ? '' : ' data-off'}>${rows(singleKeys)}</dl>
<dl>${rows(otherKeys)}</dl>`;
}

function rows(shortcuts: readonly Shortcut[]): string {
  return shortcuts
    .map(({ keys, does }) => {
      const shown = keys.map((key) => `<kbd>${key}</kbd>`).join(' then ');
      return `<div><dt>${shown}</dt><dd>${does}</dd></div>`;
    })
    .join('');
}
