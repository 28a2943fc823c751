import {
  changedFiles,
  type FileList,
  fileListName,
  parseFileList,
  totalBytes,
} from '../../offline/file-list.ts';
import { fetchCopy, NotKeptError, type Progress } from '../../offline/keep.ts';
import { KeptCopies } from '../../offline/kept-copies.ts';
import serviceWorker from '../../offline/service-worker.ts?worker&url';
import type { OfflineState, Published } from '../../offline/wording.ts';

/** Keeps one site in this browser: its files, and the service worker that answers with them. */
export class SiteKeeper {
  readonly #root: string;

  /** @param root address of the site's root, with a slash at the end */
  constructor(root: string) {
    this.#root = root;
  }

  /** What is kept, and what is published. */
  async state(): Promise<OfflineState> {
    if (!isSecureContext) return { name: 'unsupported', why: 'insecure' };
    if (!('serviceWorker' in navigator) || !('caches' in globalThis)) {
      return { name: 'unsupported', why: 'browser' };
    }
    const copies = this.#copies();
    let kept: Awaited<ReturnType<KeptCopies['newest']>>;
    try {
      kept = await copies.newest();
    } catch {
      return { name: 'forbidden' };
    }
    const list = await this.#publishedList();
    if (!kept) {
      return list ? { name: 'nothing', list, left: await copies.leftFiles() } : { name: 'unreachable' };
    }
    const lasting = (await navigator.storage?.persisted?.()) ?? false;
    return { name: 'kept', kept, lasting, published: published(list, await copies.list(kept.build)) };
  }

  /**
   * Fetches what is published into a copy of its own, and has it read from then on. When another build is published
   * meanwhile, that one is fetched instead.
   *
   * @throws NotKeptError; an older copy is then as it was
   */
  async keep(signal: AbortSignal, progress: (list: FileList, done: Progress) => void): Promise<void> {
    const asked = await this.#publishedList();
    if (!asked) throw new NotKeptError('network', fileListName);
    // Browsers decide by themselves or ask the reader, who may not answer; what came of it is shown with the state.
    navigator.storage?.persist?.().catch(() => {});
    await navigator.locks.request(`offline ${this.#root}`, { ifAvailable: true }, async (lock) => {
      if (!lock) throw new NotKeptError('busy');
      try {
        await this.#fetchAndFinish(asked, signal, progress);
      } catch (error) {
        const now = error instanceof NotKeptError && /altered|missing/.test(error.refusal);
        const newer = now ? await this.#publishedList() : undefined;
        if (!newer || newer.build === asked.build) throw error;
        await this.#fetchAndFinish(newer, signal, progress);
      }
    });
  }

  /** Deletes every copy, and takes the service worker away. */
  async delete(): Promise<void> {
    await this.#copies().removeAllBut();
    await (await this.#registration())?.unregister();
  }

  async #fetchAndFinish(
    list: FileList,
    signal: AbortSignal,
    progress: (list: FileList, done: Progress) => void,
  ): Promise<void> {
    const copies = this.#copies();
    const bytes = totalBytes(list.files);
    try {
      await fetchCopy(list, copies, { signal, progress: (done) => progress(list, done) });
    } catch (error) {
      if (error instanceof NotKeptError && error.refusal === 'full') await copies.remove(list.build);
      throw error;
    }
    try {
      const options = { scope: this.#root, updateViaCache: 'none' } as const;
      const registration = await navigator.serviceWorker.register(serviceWorker, options);
      await registration.update();
      await active(registration);
    } catch (cause) {
      throw new NotKeptError('forbidden', undefined, cause);
    }
    await copies.finish(list, {
      build: list.build,
      at: new Date().toISOString(),
      files: list.files.length,
      bytes,
    });
  }

  #copies(): KeptCopies {
    return new KeptCopies(this.#root, caches);
  }

  async #registration(): Promise<ServiceWorkerRegistration | undefined> {
    const found = await navigator.serviceWorker.getRegistration(this.#root);
    // The worker of a site above this one answers here too: it is not ours.
    return found?.scope === this.#root ? found : undefined;
  }

  async #publishedList(): Promise<FileList | undefined> {
    try {
      const response = await fetch(this.#root + fileListName, { cache: 'no-cache' });
      return response.ok ? parseFileList(await response.text()) : undefined;
    } catch {
      return undefined;
    }
  }
}

function published(list: FileList | undefined, kept: FileList | undefined): Published {
  if (!list) return { name: 'unknown' };
  if (list.build === kept?.build) return { name: 'same' };
  const changed = changedFiles(list, kept);
  return { name: 'newer', list, changed: { files: changed.length, bytes: totalBytes(changed) } };
}

/** Waits until the worker answers for pages. Throws when it does not start. */
async function active({ installing, waiting, active }: ServiceWorkerRegistration): Promise<void> {
  const worker = installing ?? waiting ?? active;
  if (!worker || worker.state === 'activated') return;
  await new Promise<void>((resolve, reject) => {
    worker.addEventListener('statechange', () => {
      if (worker.state === 'activated') resolve();
      if (worker.state === 'redundant') reject(new Error('the service worker did not start'));
    });
  });
}
