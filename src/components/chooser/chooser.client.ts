import { answered, readWalk, type Walk, writeWalk } from '../../chooser/address.ts';
import { longest, questionOf, type Step } from '../../chooser/graph.ts';
import { element } from './element.ts';
import { progress } from './progress.ts';
import { answerOf, type ListedQuestion, type QuestionList, readList } from './question-list.ts';
import { resultContent } from './result-content.ts';

/**
 * `<trainer-chooser>`: asks the questions of the list one at a time. Each answer is an entry of the browser's
 * history, so that Back takes it back, and the address is a link to the result.
 */
class TrainerChooser extends HTMLElement {
  #list: QuestionList = { questions: [], result: () => undefined };
  /** Answers once given, to be offered again when the reader comes back. */
  readonly #given = new Map<string, string>();
  readonly #title = document.title;
  /** The query that is shown. */
  #shown = '';
  /** A link to an anchor is an entry of the history too, with the same answers. */
  readonly #onPopState = () => {
    if (location.search !== this.#shown) this.#show(true);
  };

  connectedCallback(): void {
    const list = document.getElementById(this.dataset.list ?? '');
    if (!list) throw new Error('<trainer-chooser> expects data-list, the id of the list of questions');
    this.#list = readList(list);
    this.#part('form', HTMLFormElement).addEventListener('submit', (event) => {
      event.preventDefault();
      this.#answer();
    });
    this.#part('[data-again]', HTMLButtonElement).addEventListener('click', () => {
      this.#given.clear();
      this.#go([]);
    });
    this.#part('[data-copy]', HTMLButtonElement).addEventListener('click', () => this.#copy());
    addEventListener('popstate', this.#onPopState);
    this.#show(false);
  }

  disconnectedCallback(): void {
    removeEventListener('popstate', this.#onPopState);
  }

  get #walk(): Walk {
    return readWalk(location.search, this.#list);
  }

  #part<E extends HTMLElement>(selector: string, type: new () => E): E {
    const part = this.querySelector(selector);
    if (!(part instanceof type)) throw new Error(`<trainer-chooser> expects ${selector}`);
    return part;
  }

  /** Takes the form's answer over. */
  #answer(): void {
    const { steps, question } = this.#walk;
    const answer = question && new FormData(this.#part('form', HTMLFormElement)).get(question);
    if (typeof answer === 'string' && question) this.#go(answered(steps, question, answer));
  }

  #go(steps: readonly Step[]): void {
    history.pushState(null, '', location.pathname + writeWalk(steps, location.search));
    this.#show(true);
  }

  /** Shows what the address says. `move` brings the focus there: the reader asked for it. */
  #show(move: boolean): void {
    const { steps, question, result, ignored } = this.#walk;
    this.#shown = location.search;
    for (const step of steps) this.#given.set(step.question, step.answer);
    this.#part('[role="status"]', HTMLElement).textContent =
      ignored.length === 0
        ? ''
        : `Left out of this link, because no question here asks for it: ${ignored.join(', ')}`;
    this.#showTrail(steps);
    const form = this.#part('form', HTMLFormElement);
    const end = this.#part('.chooser-result', HTMLElement);
    const asked = questionOf(this.#list, question);
    form.hidden = asked === undefined;
    end.hidden = result === undefined;
    this.#part('.chooser-actions', HTMLElement).hidden = steps.length === 0;
    if (asked) this.#showQuestion(asked, steps.length + 1);
    end.replaceChildren(...(result === undefined ? [] : resultContent(this.#list, result, steps)));
    const name = end.querySelector('h2')?.textContent;
    document.title = name ? `${name} · ${this.#title}` : this.#title;
    const heading = this.querySelector<HTMLElement>(asked ? 'form h2' : '.chooser-result h2');
    if (move) heading?.focus();
  }

  #showTrail(steps: readonly Step[]): void {
    const trail = this.#part('.trail', HTMLOListElement);
    trail.hidden = steps.length === 0;
    trail.replaceChildren(
      ...steps.map(({ question, answer }, at) => {
        const ask = questionOf(this.#list, question)?.ask ?? '';
        const change = element('button', { type: 'button' }, 'Change');
        change.setAttribute('aria-label', `Change the answer to: ${ask}`);
        change.addEventListener('click', () => this.#go(steps.slice(0, at)));
        return element(
          'li',
          {},
          element('span', { className: 'label' }, ask),
          ' ',
          element('span', {}, answerOf(this.#list, question, answer)?.label ?? ''),
          ' ',
          change,
        );
      }),
    );
  }

  #showQuestion({ id, ask, help, answers }: ListedQuestion, number: number): void {
    this.#part('[data-progress]', HTMLElement).textContent = progress(number, longest(this.#list, id));
    this.#part('form h2', HTMLElement).textContent = ask;
    const children = help ? [...help.cloneNode(true).childNodes] : [];
    this.#part('form .ask-help', HTMLElement).replaceChildren(...children);
    this.#part('.choices', HTMLElement).replaceChildren(
      ...answers.map((answer) => {
        const checked = this.#given.get(id) === answer.id;
        const input = element('input', {
          type: 'radio',
          name: id,
          value: answer.id,
          required: true,
          checked,
        });
        return element('label', {}, input, element('span', {}, answer.label));
      }),
    );
  }

  async #copy(): Promise<void> {
    const button = this.#part('[data-copy]', HTMLButtonElement);
    try {
      await navigator.clipboard.writeText(location.href);
      button.textContent = 'Copied';
    } catch {
      button.textContent = 'Not allowed: copy the address';
    }
    setTimeout(() => {
      button.textContent = 'Copy link';
    }, 1500);
  }
}

customElements.define('trainer-chooser', TrainerChooser);
