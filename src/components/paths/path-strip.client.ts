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
  const load = () => void import('./page-progress.client.ts');
  // Safari has no requestIdleCallback.
  'requestIdleCallback' in window ? requestIdleCallback(load) : setTimeout(load);
}
