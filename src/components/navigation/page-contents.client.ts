/**
 * Marks the link of the section being read with `aria-current`, closes the list after a choice where it is
 * a popover, and says with `data-yields` when it stands where code beside prose needs the width.
 */
class PageContents extends HTMLElement {
  connectedCallback() {
    const links = [...this.querySelectorAll('a')];
    const list = this.querySelector<HTMLElement>('[popover]');
    this.addEventListener('click', ({ target }) => {
      if (target instanceof HTMLAnchorElement && list?.matches(':popover-open')) list.hidePopover();
    });

    const headings = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
    const above = new Set<Element>();
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          if (isIntersecting) above.add(target);
          else above.delete(target);
        }
        const current = headings.findLastIndex((heading) => heading && above.has(heading));
        links.forEach((link, index) => {
          if (index === current) link.setAttribute('aria-current', 'true');
          else link.removeAttribute('aria-current');
        });
      },
      // The upper third of the window is where one reads. All above it counts, however far: a jump back
      // from the end of the page must be noticed for each heading that it passes.
      { rootMargin: '1000000px 0px -66% 0px' },
    );
    for (const heading of headings) if (heading) observer.observe(heading);
    this.yieldTo(document.querySelectorAll('.region, .cell:has(> .cell-code)'));
  }

  private yieldTo(blocks: Iterable<Element>) {
    const near = new Set<Element>();
    const observer = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) near.add(target);
        else near.delete(target);
      }
      this.toggleAttribute('data-yields', near.size > 0);
    });
    for (const block of blocks) observer.observe(block);
  }
}

customElements.define('page-contents', PageContents);
