import { isAnswered, markPage, pageState, readAt, tickAnswer } from '../../progress/progress.ts';
import { type ProgressStore, troubleText } from '../../progress/progress-store.ts';

const stateText = { unread: 'not opened', opened: 'opened', read: 'read' } as const;

/**
 * Keeps what a page shows of single pages in step with the reader's progress: marks (`data-mark`), buttons with
 * the note beside them (`data-read`), and the boxes of check-points (`data-answered`). The values are references
 * of pages.
 *
 * @param path the path that the page stands in, if it was opened from one
 */
export function bindMarks(store: ProgressStore, path: string | undefined): void {
  const all = (name: string) => [...document.querySelectorAll<HTMLElement>(`[data-${name}]`)];
  const marks = all('mark');
  const switches = all('read').flatMap((place) => {
    const button = place.querySelector('button');
    const note = place.querySelector('[role="status"]');
    return button && note ? [{ page: place.dataset.read ?? '', button, note }] : [];
  });
  const boxes = [...document.querySelectorAll<HTMLInputElement>('input[data-answered]')];
  const date = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' });

  for (const { page, button } of switches) {
    button.addEventListener('click', () => {
      store.change((progress, at) =>
        markPage(progress, page, pageState(progress, page) !== 'read', at, path),
      );
    });
  }
  for (const box of boxes) {
    box.addEventListener('change', () => {
      store.change((progress, at) =>
        tickAnswer(progress, path ?? '', box.dataset.answered ?? '', box.checked, at),
      );
    });
  }

  store.subscribe(() => {
    const { progress, trouble } = store;
    for (const mark of marks) {
      const state = pageState(progress, mark.dataset.mark ?? '');
      mark.dataset.state = state;
      if (mark.firstElementChild) mark.firstElementChild.textContent = stateText[state];
    }
    for (const { page, button, note } of switches) {
      const at = readAt(progress, page);
      // On a path's page the button's name goes on with the title of its page.
      (button.firstElementChild ?? button).textContent = at ? 'Mark as unread' : 'Mark as read';
      const said = at ? `Read on ${date.format(new Date(at))}.` : '';
      const text = at && trouble ? `${said} ${troubleText[trouble]}` : said;
      // A live region speaks when its text is set, also to the same.
      if (note.textContent !== text) note.textContent = text;
    }
    for (const box of boxes) box.checked = isAnswered(progress, path ?? '', box.dataset.answered ?? '');
  });
}
