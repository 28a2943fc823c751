import { duration } from '../../navigation/duration.ts';
import { continuation, pathProgress } from '../../progress/path-progress.ts';
import { store } from './browser-progress.ts';
import { pathOutlines } from './path-outlines.ts';

/** On the home page: where a reader with progress goes on, and how far they are on each path. */
class ContinueReading extends HTMLElement {
  connectedCallback() {
    const paths = pathOutlines();
    const label = this.querySelector('[data-go-label]');
    const link = this.querySelector<HTMLAnchorElement>('[data-go]');
    const note = this.querySelector('[data-go-note]');
    const notes = [...document.querySelectorAll<HTMLElement>('[data-path-note]')];
    if (!label || !link || !note) return;
    const parts: Element[] = [label, link, note, ...notes];
    const untouched = new Map(parts.map((part) => [part, part.textContent]));
    const start = link.getAttribute('href') ?? ''; // paper spells out whole addresses: this one is the site's own

    store.subscribe(() => {
      for (const [part, text] of untouched) part.textContent = text;
      link.href = start;
      const found = continuation(store.progress, paths);
      if (!found) return;
      for (const each of notes) {
        const path = paths.find(({ slug }) => slug === each.dataset.pathNote);
        const { read, total, begun } = path ? pathProgress(store.progress, path) : { begun: false };
        if (begun) each.textContent = `${read} of ${total} read`;
      }
      const { path, finished } = found;
      if (!path) {
        label.textContent = 'Every path is read. Look back on';
        link.href = this.dataset.all ?? '';
        link.textContent = 'the learning paths';
        note.textContent = '';
        return;
      }
      const { next, minutesLeft, total } = pathProgress(store.progress, path);
      if (!next) return;
      label.textContent = finished ? `${finished.name} is read. Go on with` : 'Continue with';
      link.href = next.href;
      link.textContent = next.title;
      const step = path.steps.indexOf(next) + 1;
      note.textContent = `Step ${step} of ${total} in ${path.name}, ${duration(minutesLeft)} left`;
    });
  }
}

customElements.define('continue-reading', ContinueReading);
