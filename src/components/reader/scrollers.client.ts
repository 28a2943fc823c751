/**
 * What is wider than its column scrolls by itself and takes the focus, so that keys can scroll it. Only what
 * really scrolls is a stop for Tab: a page has dozens of blocks of code, and most fit.
 */

const blocks = document.querySelectorAll<HTMLElement>(
  ':is(.table, .table-scroll, .plot-table, .math-display, .diagram-scroll, figure.code > pre)[tabindex="0"]',
);
const formulas = [...document.querySelectorAll<HTMLElement>('main .katex')].filter(
  (formula) => !formula.closest('.katex-display, a, button, summary, label'),
);

/** Keeps the block a stop for Tab while a part of it is out of view. A focus that is there stays. */
function settleBlock(block: HTMLElement): void {
  if (block.scrollWidth > block.clientWidth + 1) block.tabIndex = 0;
  else if (block !== document.activeElement) block.removeAttribute('tabindex');
}

/** Whether a part of the formula that can't break is wider than the paragraph or cell that it stands in. */
function isWide(formula: HTMLElement): boolean {
  const room = formula.closest('p, li, dd, dt, td, th, figcaption, h2, h3, h4, blockquote, div');
  if (!room) return false;
  const { width } = room.getBoundingClientRect();
  const { paddingLeft, paddingRight } = getComputedStyle(room);
  const inner = width - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
  return [...formula.querySelectorAll('.base')].some(
    (part) => part.getBoundingClientRect().width > inner + 1,
  );
}

/** Gives formulas in running text that are too wide a box of their own, and takes it from the others. */
function settleFormulas(): void {
  const wide = new Set(formulas.filter(isWide)); // all is read before anything is written
  for (const formula of formulas) {
    if (formula.classList.contains('wide') === wide.has(formula)) continue;
    formula.classList.toggle('wide', wide.has(formula));
    const says = { tabindex: '0', role: 'group', 'aria-label': 'Formula' };
    for (const [name, value] of Object.entries(says)) {
      if (wide.has(formula)) formula.setAttribute(name, value);
      else formula.removeAttribute(name);
    }
  }
}

const sizes = new ResizeObserver((entries) => {
  for (const { target } of entries) if (target instanceof HTMLElement) settleBlock(target);
});
for (const block of blocks) sizes.observe(block);
if (formulas.length > 0) {
  new ResizeObserver(settleFormulas).observe(document.body);
  document.addEventListener('toggle', settleFormulas, true); // what was folded had no width
}
void document.fonts.ready.then(() => {
  for (const block of blocks) settleBlock(block);
  settleFormulas();
});
