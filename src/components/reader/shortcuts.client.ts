import { loadStyle } from './load-style.ts';
import { shortcutsMarkup } from './shortcut-list.ts';
import shortcutsCss from './shortcuts.css?url';

/** How long `g` waits for the letter after it, in milliseconds. */
const pause = 1500;

let dialog: HTMLDialogElement | undefined;
let goesAt = Number.NEGATIVE_INFINITY;

const follow = (selector: string) => document.querySelector<HTMLElement>(selector)?.click();

/** What single keys do, on a page that has what they want. */
const commands: Readonly<Record<string, () => void>> = {
  '?': () => void showShortcuts(),
  n: () => follow('a[rel="next"]'),
  p: () => follow('a[rel="prev"]'),
  t: showContents,
  m: () => void import('./copy-page.client.ts').then(({ copyPage }) => copyPage()),
  d: () => follow('theme-toggle button'),
  g: () => {
    goesAt = performance.now();
  },
};

/** Where `g` and a letter lead: links of the header, which know their addresses. */
const places: Readonly<Record<string, string>> = {
  h: '.wordmark',
  t: '.site-nav a[href$="/trainers/"]',
  g: '.site-nav a[href$="/glossary/"]',
};

/** A single key, pressed while nothing is being typed. */
export function press(key: string): void {
  const goes = performance.now() - goesAt < pause ? places[key] : undefined;
  goesAt = Number.NEGATIVE_INFINITY;
  if (goes !== undefined) follow(goes);
  else if (Object.hasOwn(commands, key)) commands[key]?.();
}

/** Opens the contents where they are a popover, and goes to the section being read. */
function showContents(): void {
  const contents = document.getElementById('toc');
  if (!contents) return;
  const opener = document.querySelector('[popovertarget="toc"]');
  if (opener?.checkVisibility() && !contents.matches(':popover-open')) contents.showPopover();
  const link = contents.querySelector<HTMLElement>('a[aria-current]') ?? contents.querySelector('a');
  link?.focus();
}

/** The dialog with all keys, and the switch that turns the single ones off. */
export async function showShortcuts(): Promise<void> {
  await loadStyle(shortcutsCss);
  dialog ??= makeDialog();
  if (!dialog.open) dialog.showModal();
}

function makeDialog(): HTMLDialogElement {
  const made = document.createElement('dialog');
  made.className = 'shortcuts';
  made.setAttribute('aria-labelledby', 'shortcuts-title');
  made.innerHTML = shortcutsMarkup(areOn());
  made.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement)) return;
    try {
      localStorage.keys = target.checked ? 'on' : 'off';
    } catch {
      target.checked = true; // storage is forbidden, so the choice can't be kept
    }
    made.querySelector('[data-single]')?.toggleAttribute('data-off', !target.checked);
  });
  made.addEventListener('click', ({ target }) => target === made && made.close());
  document.body.append(made);
  return made;
}

function areOn(): boolean {
  try {
    return localStorage.keys !== 'off';
  } catch {
    return true;
  }
}
