import { previewsOf } from '../../previews/address.ts';
import type { Preview, Previews } from '../../previews/preview.ts';
import { loadStyle } from './load-style.ts';
import previewCss from './preview.css?url';

/** Milliseconds until a link that is pointed at shows its preview, and until one that was left hides it. */
const patience = { show: 350, hide: 250 };
/** Between link and preview, and between preview and window, in pixels. */
const gap = 6;

const base = `${import.meta.env.BASE_URL.replace(/\/$/, '')}/`;
const fetched = new Map<string, Promise<Previews>>();

const popover = document.createElement('div');
popover.className = 'preview';
popover.id = 'preview';
popover.popover = 'manual';
popover.role = 'tooltip';
document.body.append(popover);

/** The link that a preview is open for, and the one that is being waited for. */
let shown: HTMLAnchorElement | undefined;
let wanted: HTMLAnchorElement | undefined;
let timer: number | undefined;

/** A reader points at a link, or came to it by keyboard: its preview opens in a moment. */
export function intend(link: HTMLAnchorElement, event: Event): void {
  const byPointer = event instanceof PointerEvent;
  // A finger focuses what it touches, too.
  if (!byPointer && !link.matches(':focus-visible')) return;
  clearTimeout(timer);
  if (link === shown) return;
  wanted = link;
  const y = byPointer ? event.clientY : undefined;
  link.addEventListener(byPointer ? 'pointerleave' : 'blur', leave, { once: true });
  timer = window.setTimeout(() => void show(link, y), patience.show);
}

/** Closes unless the reader has gone into the preview, or is on its link in the other way. */
function leave(): void {
  wanted = undefined;
  clearTimeout(timer);
  timer = window.setTimeout(() => {
    if (!popover.matches(':hover') && !shown?.matches(':hover, :focus-visible')) hide();
  }, patience.hide);
}

function hide(): void {
  clearTimeout(timer);
  wanted = undefined;
  if (!shown) return;
  shown.removeAttribute('aria-describedby');
  shown = undefined;
  popover.hidePopover();
}

/** @param y of the pointer: a link may go over several lines */
async function show(link: HTMLAnchorElement, y: number | undefined): Promise<void> {
  const [preview] = await Promise.all([previewOf(link).catch(() => undefined), loadStyle(previewCss)]);
  // The reader may have gone on meanwhile.
  if (!preview || wanted !== link || !link.isConnected) return;
  hide();
  shown = link;
  fill(preview);
  popover.showPopover();
  place(link, y);
  link.setAttribute('aria-describedby', popover.id);
}

/** What is known of the place that a link leads to; undefined for one outside, or without a preview. */
async function previewOf(link: HTMLAnchorElement): Promise<Preview | undefined> {
  const { origin, pathname, hash } = new URL(link.href);
  const address = origin === location.origin ? previewsOf(pathname, base) : undefined;
  if (address === undefined) return undefined;
  const known = fetched.get(address) ?? fetch(address).then((response) => response.json());
  fetched.set(address, known);
  return (await known)[decodeURIComponent(hash.slice(1))];
}

function fill({ kind, title, text }: Preview): void {
  popover.innerHTML = `<p class="preview-kind"></p><p class="preview-title">${title}</p><p>${text}</p>`;
  const [label] = popover.children;
  if (label) label.textContent = kind;
  if (document.querySelector('link[href*="katex"]')) return;
  // Without its style sheet a formula is a heap of letters: its words will do.
  for (const formula of popover.querySelectorAll<HTMLElement>('[data-tex]')) {
    formula.textContent = formula.dataset.tex ?? '';
  }
}

/** Below the line of the link that the pointer is on, or above it where there is no room; it scrolls along. */
function place(link: HTMLAnchorElement, y: number | undefined): void {
  const lines = [...link.getClientRects()];
  const line = lines.find(({ top, bottom }) => y !== undefined && top <= y && y <= bottom) ?? lines[0];
  if (!line) return;
  const { clientWidth, clientHeight } = document.documentElement;
  const { offsetWidth, offsetHeight } = popover;
  const isBelow = line.bottom + gap + offsetHeight <= clientHeight || line.top < offsetHeight + gap;
  const top = isBelow ? line.bottom + gap : line.top - gap - offsetHeight;
  const left = Math.max(gap, Math.min(line.left, clientWidth - offsetWidth - gap));
  popover.style.top = `${Math.round(top + scrollY)}px`;
  popover.style.left = `${Math.round(left + scrollX)}px`;
}

popover.addEventListener('pointerenter', () => clearTimeout(timer));
popover.addEventListener('pointerleave', leave);
document.addEventListener('keydown', ({ key }) => key === 'Escape' && hide());
document.addEventListener(
  'click',
  ({ target }) => shown?.contains(target instanceof Node ? target : null) && hide(),
);
// A block that scrolls by itself takes its link away from under the preview.
document.addEventListener('scroll', ({ target }) => target !== document && hide(), {
  capture: true,
  passive: true,
});
window.addEventListener('pagehide', hide);
