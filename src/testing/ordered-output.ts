import type { Write } from './step.ts';

/**
 * Lets steps that run side by side write as if one ran after another: the earliest unfinished one writes
 * through, the others are held back until their turn.
 * @param names - of the steps, in the order in which their output is to appear
 */
export class OrderedOutput {
  readonly #out: Write;
  readonly #held: Map<string, string>;
  readonly #finished = new Set<string>();

  constructor(names: readonly string[], out: Write) {
    this.#out = out;
    this.#held = new Map(names.map((name) => [name, '']));
  }

  /** Takes output of a step. */
  write(name: string, text: string): void {
    this.#held.set(name, (this.#held.get(name) ?? '') + text);
    this.#flush();
  }

  /** Says that nothing more comes from a step. */
  finish(name: string): void {
    this.#finished.add(name);
    this.#flush();
  }

  #flush(): void {
    for (const [name, text] of this.#held) {
      if (text !== '') this.#out(text);
      if (!this.#finished.has(name)) {
        this.#held.set(name, '');
        return;
      }
      this.#held.delete(name);
    }
  }
}
