/** In a narrow window: a formula in running text that is wider than its column gets a box that scrolls. */

const formulas = [...document.querySelectorAll<HTMLElement>('main .katex')].filter(
  (formula) => !formula.closest('.katex-display, a, button, summary, label'),
);
const scroller = { tabindex: '0', role: 'group', 'aria-label': 'Formula' };

/** Whether a part of the formula that can't break is wider than what it stands in. */
function isWide(formula: HTMLElement): boolean {
  const room = formula.closest('p, li, dd, dt, td, th, figcaption, h2, h3, h4, blockquote, div');
  if (!room) return false;
  const { paddingLeft, paddingRight } = getComputedStyle(room);
  const padding = Number.parseFloat(paddingLeft) + Number.parseFloat(paddingRight);
  const inner = room.getBoundingClientRect().width - padding;
  return [...formula.querySelectorAll('.base')].some(
    (part) => part.getBoundingClientRect().width > inner + 1,
  );
}

function settle(): void {
  const wide = new Set(formulas.filter(isWide)); // all is read before anything is written
  for (const formula of formulas) {
    formula.classList.toggle('wide', wide.has(formula));
    for (const [name, value] of Object.entries(scroller)) {
      if (wide.has(formula)) formula.setAttribute(name, value);
      else formula.removeAttribute(name);
    }
  }
}

if (formulas.length > 0) {
  new ResizeObserver(settle).observe(document.body);
  document.addEventListener('toggle', settle, true); // what was folded had no width
  void document.fonts.ready.then(settle);
}

export {}; // a module of its own: its names are nobody else’s
