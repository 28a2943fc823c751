import { type Graph, type GraphAnswer, questionOf } from '../../chooser/graph.ts';

/** An answer as the list shows it. */
export interface ListedAnswer extends GraphAnswer {
  label: string;
  /** What it means for the run. */
  note: Element | undefined;
}

export interface ListedQuestion {
  id: string;
  ask: string;
  help: Element | undefined;
  answers: readonly ListedAnswer[];
}

/** The list of all questions, which every reader has, as the graph behind the form. */
export interface QuestionList extends Graph {
  questions: readonly ListedQuestion[];
  /** The element of a result. */
  result(id: string): Element | undefined;
}

/** Reads the questions off `ChooserQuestion`'s markup. */
export function readList(list: Element): QuestionList {
  const questions = [...list.querySelectorAll<HTMLElement>('[data-question]')].map((element) => ({
    id: element.dataset.question ?? '',
    ask: child(element, '.ask')?.textContent ?? '',
    help: child(element, '.ask-help'),
    answers: [...element.querySelectorAll<HTMLElement>(':scope > .answers > [data-answer]')].map((item) => ({
      id: item.dataset.answer ?? '',
      label: child(item, '.answer')?.textContent ?? '',
      note: child(item, '.answer-note'),
      next: item.dataset.next,
      result: item.dataset.result,
    })),
  }));
  const results = [...list.querySelectorAll<HTMLElement>('.chosen[data-result]')];
  return { questions, result: (id) => results.find(({ dataset }) => dataset.result === id) };
}

/** The answer to a question, by their ids. */
export function answerOf(list: QuestionList, question: string, answer: string): ListedAnswer | undefined {
  return questionOf(list, question)?.answers.find(({ id }) => id === answer);
}

function child(element: Element, selector: string): Element | undefined {
  return element.querySelector(`:scope > ${selector}`) ?? undefined;
}
