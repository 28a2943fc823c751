/** Fetches the loss explorer when the reader is about a screen away from it. */
const near = new IntersectionObserver(
  (entries) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    near.disconnect();
    void import('./loss-explorer.client.ts');
  },
  { rootMargin: '100% 0px' },
);

for (const explorer of document.querySelectorAll('loss-explorer')) near.observe(explorer);
