/** All that a page of a path runs at once: it follows the path of `?path=`, and fetches the rest when idle. */
const strip = document.querySelector<HTMLElement>('[data-path-strip]');
const chosen = new URLSearchParams(location.search).get('path') ?? '';
const place = strip?.querySelector(`[data-path="${CSS.escape(chosen)}"]`);
if (strip && place) {
  strip.dataset.following = chosen;
  place.setAttribute('aria-current', 'true');
  place.parentElement?.prepend(place);
}
if (strip) {
  let loaded = false;
  const load = () =>
    import('./page-progress.client.ts').then(() => {
      loaded = true;
    });
  // A click that comes before what answers it is not lost.
  strip.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest('button') : null;
    if (!loaded && button) void load().then(() => button.click());
  });
  // Safari has no requestIdleCallback.
  'requestIdleCallback' in window ? requestIdleCallback(() => void load()) : setTimeout(() => void load());
}
