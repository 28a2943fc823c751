import { totalBytes } from '../../offline/file-list.ts';
import { NotKeptError } from '../../offline/keep.ts';
import { type Action, actions, type OfflineState, refusalText, stateText } from '../../offline/wording.ts';
import { SiteKeeper } from './site-keeper.ts';

/** Shows what is kept for reading without a network, and keeps, updates or deletes it when asked. */
class OfflineControl extends HTMLElement {
  #keeper: SiteKeeper | undefined;
  #stop = new AbortController();

  connectedCallback() {
    this.#keeper = new SiteKeeper(new URL(this.dataset.root ?? '/', location.href).href);
    for (const button of this.#buttons()) {
      button.addEventListener('click', () => this.#act(button.dataset.action));
    }
    const look = () => void this.#look();
    // Another tab may have kept or deleted it, and the network comes and goes.
    for (const name of ['online', 'offline', 'pageshow'] as const) addEventListener(name, look);
    look();
  }

  disconnectedCallback() {
    this.#stop.abort();
  }

  async #act(action: string | undefined) {
    if (action === 'stop') return this.#stop.abort();
    this.#refuse('');
    try {
      if (action === 'delete') {
        await this.#keeper?.delete();
        await this.#look();
        this.#say('Deleted. Nothing is kept.');
      } else await this.#keep();
    } catch (error) {
      if (!(error instanceof NotKeptError)) throw error;
      await this.#look();
      this.#refuse(refusalText(error.refusal, error.path));
    }
  }

  async #keep() {
    this.#stop = new AbortController();
    this.#say('Keeping the site.');
    this.toggleAttribute('data-busy', true);
    try {
      await this.#keeper?.keep(this.#stop.signal, (list, done) =>
        this.#show({ name: 'keeping', list, done }),
      );
    } finally {
      this.toggleAttribute('data-busy', false);
    }
    await this.#look();
    this.#say('Done: the whole site is kept.');
  }

  async #look() {
    if (this.hasAttribute('data-busy')) return;
    const state = await this.#keeper?.state();
    if (state && !this.hasAttribute('data-busy')) this.#show(state);
  }

  #show(state: OfflineState) {
    this.dataset.name = state.name;
    this.#text('state', stateText(state));
    const progress = this.querySelector('progress');
    if (progress) {
      progress.hidden = state.name !== 'keeping';
      if (state.name === 'keeping') {
        progress.max = totalBytes(state.list.files);
        progress.value = state.done.bytes;
      }
    }
    const offered: readonly (Action | string | undefined)[] = actions(state);
    const hadFocus = this.#buttons().some((button) => button === document.activeElement);
    for (const button of this.#buttons()) button.hidden = !offered.includes(button.dataset.action);
    // A button that goes while it has the focus hands it to the one that takes its place.
    if (hadFocus && document.activeElement === document.body) {
      this.#buttons()
        .find((button) => !button.hidden)
        ?.focus();
    }
  }

  #refuse(text: string) {
    this.#text('refusal', text);
    const refusal = this.querySelector<HTMLElement>('[data-refusal]');
    if (refusal) refusal.hidden = text === '';
    this.#say(text);
  }

  #say(text: string) {
    this.#text('said', text);
  }

  #text(name: string, text: string) {
    const element = this.querySelector(`[data-${name}]`);
    if (element) element.textContent = text;
  }

  #buttons(): HTMLButtonElement[] {
    return [...this.querySelectorAll<HTMLButtonElement>('[data-action]')];
  }
}

customElements.define('offline-control', OfflineControl);
