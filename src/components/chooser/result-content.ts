import { writeWalk } from '../../chooser/address.ts';
import type { Step } from '../../chooser/graph.ts';
import { element } from './element.ts';
import { answerOf, type QuestionList } from './question-list.ts';

/** A result as the panel shows it: that of the list, unfolded, under a heading, with the notes of the answers. */
export function resultContent(list: QuestionList, id: string, steps: readonly Step[]): Node[] {
  const copy = list.result(id)?.cloneNode(true);
  if (!(copy instanceof HTMLElement)) return [];
  copy.removeAttribute('id');
  const name = copy.querySelector('.chosen-name strong')?.textContent ?? '';
  copy.querySelector('.chosen-name')?.replaceWith(element('h2', { tabIndex: -1 }, name));
  for (const details of copy.querySelectorAll('details')) {
    details.querySelector('summary')?.remove();
    details.replaceWith(...details.childNodes);
  }
  const facts = copy.querySelector('.chosen-facts');
  const notes = steps.flatMap(({ question, answer }) => answerOf(list, question, answer)?.note ?? []);
  if (notes.length > 0) {
    const said = notes.flatMap((note) => [...note.cloneNode(true).childNodes]);
    facts?.append(element('dt', {}, 'From your answers'), element('dd', {}, ...said));
  }
  // The estimator stands on this page: the answers stay in the address while it opens.
  for (const link of copy.querySelectorAll<HTMLAnchorElement>('a[data-memory]')) {
    const others = new URLSearchParams(location.search);
    others.set('memory.trainer', link.dataset.memory ?? '');
    link.href = `${location.pathname}${writeWalk(steps, `?${others}`)}#memory`;
  }
  return [copy];
}
