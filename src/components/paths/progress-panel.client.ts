import { mergeProgress, type Progress } from '../../progress/progress.ts';
import { longestFile, parseProgress, progressFile } from '../../progress/progress-file.ts';
import { troubleText } from '../../progress/progress-store.ts';
import { saveFile } from '../reader/save-file.ts';
import { store } from './browser-progress.ts';

const pages = (count: number) => (count === 1 ? '1 page' : `${count} pages`);
const read = ({ pages }: Progress) => Object.values(pages).filter((page) => page.read?.on).length;
const opened = ({ pages }: Progress) => Object.keys(pages).length;
const answered = (progress: Progress) => Object.values(progress.answered).filter(({ on }) => on).length;

/** Takes progress out of the browser as a file, in again, and deletes it. */
class ProgressPanel extends HTMLElement {
  connectedCallback() {
    const find = <E extends HTMLElement>(name: string) => this.querySelector<E>(`[data-${name}]`);
    const said = find('said');
    const held = find('held');
    const trouble = find('trouble');
    const file = find<HTMLInputElement>('import');
    const dialog = this.querySelector('dialog');
    const say = (text: string) => {
      if (said) said.textContent = text;
    };

    find('export')?.addEventListener('click', () => {
      const name = `annotated-trainers-progress-${new Date().toISOString().slice(0, 10)}.json`;
      saveFile(name, new Blob([progressFile(store.progress)], { type: 'application/json' }));
      say(`Exported as ${name}.`);
    });
    file?.addEventListener('change', async () => {
      const [chosen] = file.files ?? [];
      if (chosen) say(await take(chosen));
      file.value = ''; // the same file can be chosen again
    });
    find('delete')?.addEventListener('click', () => dialog?.showModal());
    dialog?.addEventListener('close', () => {
      if (dialog.returnValue !== 'delete') return;
      dialog.returnValue = '';
      store.remove();
      say('Deleted. Nothing is kept in this browser.');
    });

    store.subscribe(() => {
      const { progress } = store;
      const points = answered(progress);
      const parts = [
        `${pages(read(progress))} marked as read`,
        `${opened(progress)} opened`,
        `${points} ${points === 1 ? 'check-point' : 'check-points'} answered`,
      ];
      if (held) held.textContent = opened(progress) === 0 ? 'Nothing yet.' : `${parts.join(', ')}.`;
      if (!trouble) return;
      trouble.hidden = store.trouble === undefined;
      trouble.textContent = store.trouble ? troubleText[store.trouble] : '';
    });
  }
}

/** Merges a file into the progress of this browser; says what came of it. */
async function take(file: File): Promise<string> {
  const now = new Date().toISOString();
  // A file of gigabytes is not read to be refused; bytes are at least characters.
  const text = await file.slice(0, longestFile * 4 + 1).text();
  const parsed = parseProgress(text, now);
  if ('refused' in parsed) return `${file.name} was not imported. ${parsed.refused}`;
  const before = read(store.progress);
  store.change((progress) => mergeProgress(progress, parsed.progress));
  const added = read(store.progress) - before;
  return `Imported ${file.name}: ${pages(read(parsed.progress))} marked as read in it, ${added > 0 ? added : 'none'} of them new here.`;
}

customElements.define('progress-panel', ProgressPanel);
