/**
 * What is wider than its column scrolls by itself and takes the focus, so that keys can scroll it. Once somebody
 * uses Tab, only what really scrolls stays a stop: a page has dozens of blocks of code, and most fit.
 */
const blocks = document.querySelectorAll<HTMLElement>(
  ':is(.table, .table-scroll, .plot-table, .math-display, .diagram-scroll, figure.code > pre)[tabindex="0"]',
);

/** Keeps the block a stop while a part of it is out of view. A focus that is there stays. */
function settle(block: HTMLElement): void {
  if (block.scrollWidth > block.clientWidth + 1) block.tabIndex = 0;
  else if (block !== document.activeElement) block.removeAttribute('tabindex');
}

const sizes = new ResizeObserver((entries) => {
  for (const { target } of entries) if (target instanceof HTMLElement) settle(target);
});
for (const block of blocks) sizes.observe(block); // also tells the sizes that they have now

export {}; // a module of its own: its names are nobody else’s
