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
  const load = () => import('./page-progress.client.ts');
  // A click that comes before what answers it is not lost; what answers it takes this handler away.
  strip.onclick = ({ target }) => {
    if (target instanceof HTMLButtonElement) void load().then(() => target.click());
  };
  // Safari has no requestIdleCallback.
  (window.requestIdleCallback ?? setTimeout)(() => void load());
}
