import { openPage } from '../../progress/progress.ts';
import { store } from './browser-progress.ts';
import { bindMarks } from './progress-marks.ts';

/** On a page of a path: notes that it was opened, shows its state, and marks it as read. */
const strip = document.querySelector<HTMLElement>('[data-path-strip]');
if (strip) {
  strip.onclick = null;
  const { pathStrip = '', following } = strip.dataset;
  store.change((progress, at) => openPage(progress, pathStrip, at, following));
  bindMarks(store, following);
}
