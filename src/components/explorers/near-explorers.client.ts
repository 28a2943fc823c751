/** Fetches each explorer of the page when the reader is about a screen away from it. */
const elements = import.meta.glob('./*/*.client.ts');

const near = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      const name = target.localName.replace('explorer-', '');
      void elements[`./${name}/${name}.client.ts`]?.();
    }
  },
  { rootMargin: '100% 0px' },
);

for (const explorer of document.querySelectorAll('.explorer')) near.observe(explorer);
