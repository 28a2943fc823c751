import { addressOf, type FileList, fileListName, fileListText, parseFileList } from './file-list.ts';

/** A copy of the whole site that this browser keeps. */
export interface Kept {
  build: string;
  /** When it was whole, as ISO time. */
  at: string;
  files: number;
  bytes: number;
}

/** Written last into a copy: one without it is not whole. No file of the site is called so. */
const mark = 'offline-kept.json';

/** The cache beside the copies with a note for each page that is open, and for some that were. */
const pageNotes = 'pages';
const mostNotes = 100;

/**
 * The copies of one site in the browser's storage, each build in a cache of its own. A copy counts from the moment
 * that it is marked as whole, so a reader gets all of one build or all of another. Other sites on the same host
 * have copies of their own: their root is in the name.
 */
export class KeptCopies {
  readonly root: string;
  readonly #caches: CacheStorage;
  readonly #prefix: string;

  /** @param root address of the site's root, with a slash at the end */
  constructor(root: string, caches: CacheStorage) {
    this.root = root;
    this.#caches = caches;
    this.#prefix = `annotated-trainers ${new URL(root).pathname} `;
  }

  /** The newest whole copy. */
  async newest(): Promise<Kept | undefined> {
    let newest: Kept | undefined;
    for (const name of await this.#names()) {
      const found = await (await this.#caches.open(name)).match(this.#url(mark));
      const kept = found && readMark(await found.text());
      if (kept && (newest === undefined || kept.at > newest.at)) newest = kept;
    }
    return newest;
  }

  /** How many files tries left that did not come to an end. */
  async leftFiles(): Promise<number> {
    let files = 0;
    for (const name of await this.#names()) {
      if (name === this.#prefix + pageNotes) continue;
      const cache = await this.#caches.open(name);
      if (!(await cache.match(this.#url(mark)))) files += (await cache.keys()).length;
    }
    return files;
  }

  /** The cache of a build; made when there is none. */
  open(build: string): Promise<Cache> {
    return this.#caches.open(this.#prefix + build);
  }

  /** The kept answer for an address below the root. */
  async match(build: string, address: string): Promise<Response | undefined> {
    return (await this.open(build)).match(this.#url(address));
  }

  /** Keeps the answer for a file. */
  async put(build: string, path: string, response: Response): Promise<void> {
    await (await this.open(build)).put(this.#url(addressOf(path)), response);
  }

  /** The list of files of a whole copy. */
  async list(build: string): Promise<FileList | undefined> {
    const found = await this.match(build, fileListName);
    return found && parseFileList(await found.text());
  }

  /** Says that all files of a build are there: from now on this copy is read, and the older ones go. */
  async finish(list: FileList, kept: Kept): Promise<void> {
    await this.put(list.build, fileListName, new Response(fileListText(list)));
    await this.put(list.build, mark, new Response(JSON.stringify(kept)));
    await this.removeAllBut(list.build);
  }

  /**
   * Notes which build a page is of, so that what it loads later is of the same one. The note survives the service
   * worker, which browsers stop when it has been idle for half a minute.
   */
  async notePage(client: string, build: string): Promise<void> {
    const pages = await this.#caches.open(this.#prefix + pageNotes);
    const [oldest, ...more] = await pages.keys();
    if (oldest && more.length >= mostNotes) await pages.delete(oldest);
    await pages.put(this.#url(client), new Response(build));
  }

  /** The build that was noted for a page. */
  async pageBuild(client: string): Promise<string | undefined> {
    const noted = await this.#caches.match(this.#url(client), { cacheName: this.#prefix + pageNotes });
    return noted?.text();
  }

  /** Takes away every copy, whole or not, but that of a build. */
  async removeAllBut(build?: string): Promise<void> {
    for (const name of await this.#names()) {
      if (name !== this.#prefix + build) await this.#caches.delete(name);
    }
  }

  /** Takes away what there is of a build. */
  async remove(build: string): Promise<void> {
    await this.#caches.delete(this.#prefix + build);
  }

  async #names(): Promise<string[]> {
    return (await this.#caches.keys()).filter((name) => name.startsWith(this.#prefix));
  }

  #url(address: string): string {
    return this.root + address;
  }
}

function readMark(text: string): Kept | undefined {
  const { build, at, files, bytes }: Record<string, unknown> = JSON.parse(text);
  return typeof build === 'string' &&
    typeof at === 'string' &&
    typeof files === 'number' &&
    typeof bytes === 'number'
    ? { build, at, files, bytes }
    : undefined;
}
