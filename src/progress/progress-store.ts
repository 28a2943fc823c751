import { mergeProgress, noProgress, type Progress } from './progress.ts';
import { parseProgress, progressFile } from './progress-file.ts';

/** The key in the browser's storage; a format that cannot be migrated gets another one. */
export const storageKey = 'annotated-trainers.progress.v1';

/** Why progress lives for this page only, or is not read. */
export type Trouble = 'forbidden' | 'full' | 'newer' | 'damaged';

export const troubleText: Record<Trouble, string> = {
  forbidden:
    'This browser lets the site store nothing, as in a private window: marks last until you leave the page. Export them to keep them.',
  full: 'The browser’s storage for this site is full: marks last until you leave the page. Export them to keep them.',
  newer:
    'A newer version of this site wrote the stored progress. It is left as it is; marks last until you leave the page.',
  damaged:
    'The stored progress does not read as such. It is left as it is; marks last until you leave the page. Deleting it lets you begin anew.',
};

type Held = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/**
 * The reader's progress in the browser. Each change reads what other tabs stored meanwhile; a storage that is
 * forbidden, full or written by a newer site is said in `trouble`, and the page goes on from memory.
 */
export class ProgressStore {
  #memory: Progress = noProgress;
  /** Whether memory holds what the storage does not. */
  #unsaved = false;
  #trouble: Trouble | undefined;
  readonly #listeners = new Set<() => void>();
  readonly #storage: () => Held;
  readonly #now: () => string;

  /**
   * @param storage gives the browser's storage; may throw, as `localStorage` does when it is forbidden
   * @param now ISO time with milliseconds
   */
  constructor(storage: () => Held, now: () => string) {
    this.#storage = storage;
    this.#now = now;
    this.#load();
  }

  get progress(): Progress {
    return this.#memory;
  }

  get trouble(): Trouble | undefined {
    return this.#trouble;
  }

  /** Applies a change to the newest progress, stores it, and tells the listeners. */
  change(step: (progress: Progress, at: string) => Progress): void {
    this.#load();
    this.#memory = step(this.#memory, this.#now());
    this.#save();
    this.#tell();
  }

  /** Forgets everything, here and in the storage. */
  remove(): void {
    this.#memory = noProgress;
    this.#unsaved = false;
    this.#trouble = undefined;
    try {
      this.#storage().removeItem(storageKey);
    } catch {
      this.#trouble = 'forbidden';
    }
    this.#tell();
  }

  /** Reads the storage again: another tab has written it, or the page came back from the browser's cache. */
  reload({ forgotten = false } = {}): void {
    if (forgotten) {
      this.#memory = noProgress;
      this.#unsaved = false;
    }
    this.#load();
    this.#tell();
  }

  /** Calls `listener` now and after each change. */
  subscribe(listener: () => void): void {
    this.#listeners.add(listener);
    listener();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }

  #load(): void {
    let text: string | null;
    try {
      text = this.#storage().getItem(storageKey);
    } catch {
      this.#trouble = 'forbidden';
      return;
    }
    if (this.#trouble === 'newer' || this.#trouble === 'damaged') this.#trouble = undefined;
    if (text === null) {
      if (!this.#unsaved) this.#memory = noProgress;
      return;
    }
    const parsed = parseProgress(text, this.#now());
    if ('refused' in parsed) {
      this.#trouble = parsed.newer ? 'newer' : 'damaged';
      return;
    }
    this.#memory = this.#unsaved ? mergeProgress(this.#memory, parsed.progress) : parsed.progress;
  }

  #save(): void {
    this.#unsaved = true;
    // What this page cannot read it does not overwrite.
    if (this.#trouble === 'newer' || this.#trouble === 'damaged') return;
    try {
      this.#storage().setItem(storageKey, progressFile(this.#memory));
      this.#unsaved = false;
      this.#trouble = undefined;
    } catch {
      this.#trouble = this.#canRead() ? 'full' : 'forbidden';
    }
  }

  #canRead(): boolean {
    try {
      this.#storage().getItem(storageKey);
      return true;
    } catch {
      return false;
    }
  }
}
