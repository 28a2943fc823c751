/** Run inside a page: targets below 24 px with a neighbour within 24 px; links in running text are free (WCAG 2.5.8). */
export function smallTargets(): string[] {
  const all = [...document.querySelectorAll<HTMLElement>('a[href], button, input, select, summary')]
    .filter((element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
    .map((element) => {
      // A label is a part of its control's target.
      const label = element instanceof HTMLInputElement ? element.labels?.[0] : undefined;
      const boxes = [element, ...(label ? [label] : [])].map((each) => each.getBoundingClientRect());
      const left = Math.min(...boxes.map((box) => box.left));
      const top = Math.min(...boxes.map((box) => box.top));
      const width = Math.max(...boxes.map((box) => box.right)) - left;
      const height = Math.max(...boxes.map((box) => box.bottom)) - top;
      return { element, left, top, width, height, x: left + width / 2, y: top + height / 2 };
    })
    .filter(({ width, height }) => width > 1 && height > 1);
  const isInText = (element: Element): boolean => {
    if (getComputedStyle(element).display !== 'inline') return false;
    const block = element.closest('p, li, td, th, dd, dt, figcaption, pre, summary, h1, h2, h3, h4');
    return (block?.textContent?.trim().length ?? 0) > (element.textContent?.trim().length ?? 0) + 1;
  };
  const small = (each: (typeof all)[number]) => each.width < 23.9 || each.height < 23.9;
  return all
    .filter((each) => small(each) && !isInText(each.element))
    .filter((each) =>
      all.some((other) => {
        if (other === each || other.element.contains(each.element) || each.element.contains(other.element))
          return false;
        if (small(other)) return Math.hypot(other.x - each.x, other.y - each.y) < 23.9;
        const dx = Math.max(other.left - each.x, 0, each.x - other.left - other.width);
        const dy = Math.max(other.top - each.y, 0, each.y - other.top - other.height);
        return Math.hypot(dx, dy) < 11.9;
      }),
    )
    .map(
      ({ element, width, height }) =>
        `${width.toFixed(0)}×${height.toFixed(0)} ${element.outerHTML.slice(0, 140)}`,
    );
}
