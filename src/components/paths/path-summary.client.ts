import { duration } from '../../navigation/duration.ts';
import { pathProgress } from '../../progress/path-progress.ts';
import { store } from './browser-progress.ts';
import { pathOutlines } from './path-outlines.ts';

/** How far the reader is on a path: pages read, minutes left, the page to go on with. */
class PathSummary extends HTMLElement {
  connectedCallback() {
    const [path] = pathOutlines(this);
    const bar = this.querySelector('progress');
    const count = this.querySelector('[data-count]');
    const label = this.querySelector('[data-go-label]');
    const link = this.querySelector<HTMLAnchorElement>('[data-go]');
    if (!path || !bar || !count) return;
    const untouched = { count: count.textContent, label: label?.textContent ?? '' };
    store.subscribe(() => {
      const { read, total, minutesLeft, next, begun } = pathProgress(store.progress, path);
      bar.value = read;
      const left = next ? `${duration(minutesLeft)} left` : 'all done';
      count.textContent = begun ? `${read} of ${total} read, ${left}` : untouched.count;
      const go = next ?? path.steps[0];
      if (!label || !link || !go) return;
      label.textContent = !begun ? untouched.label : next ? 'Continue with' : 'Read again:';
      link.href = go.href;
      link.textContent = go.title;
    });
  }
}

customElements.define('path-summary', PathSummary);
