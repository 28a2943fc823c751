import { isAnswered, markPage, pageState, readAt, tickAnswer } from '../../progress/progress.ts';
import { type ProgressStore, troubleText } from '../../progress/progress-store.ts';

const stateText = { unread: 'not opened', opened: 'opened', read: 'read' } as const;

/**
 * Keeps what a page shows of single pages in step with the reader's progress: marks (`data-mark`), buttons
 * (`data-read`), notes beside them (`data-note`), and the boxes of check-points (`data-answered`). Their values
 * are references of pages.
 *
 * @param path the path that the page stands in, if it was opened from one
 */
export function bindMarks(store: ProgressStore, path: string | undefined): void {
  const all = (name: string) => [...document.querySelectorAll<HTMLElement>(`[data-${name}]`)];
  const marks = all('mark');
  const buttons = all('read');
  const notes = all('note');
  const boxes = [...document.querySelectorAll<HTMLInputElement>('input[data-answered]')];
  const date = new Intl.DateTimeFormat('en', { dateStyle: 'long' });

  for (const button of buttons) {
    const page = button.dataset.read ?? '';
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
    for (const button of buttons) {
      const isRead = pageState(progress, button.dataset.read ?? '') === 'read';
      const label = button.querySelector('[data-label-text]') ?? button;
      label.textContent = isRead ? 'Mark as unread' : 'Mark as read';
    }
    for (const note of notes) {
      const at = readAt(progress, note.dataset.note ?? '');
      const said = at ? `Read on ${date.format(new Date(at))}.` : '';
      const text = at && trouble ? `${said} ${troubleText[trouble]}` : said;
      // A live region speaks when its text is set, also to the same.
      if (note.textContent !== text) note.textContent = text;
    }
    for (const box of boxes) box.checked = isAnswered(progress, path ?? '', box.dataset.answered ?? '');
  });
}
