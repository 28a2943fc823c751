import { addressOf, changedFiles, digestDigits, type FileList, type ListedFile } from './file-list.ts';
import type { KeptCopies } from './kept-copies.ts';

/** Why the site could not be kept. */
export type Refusal = 'full' | 'forbidden' | 'network' | 'missing' | 'altered' | 'stopped' | 'busy';

/** The site could not be kept; `path` is the file at which it ended. */
export class NotKeptError extends Error {
  readonly refusal: Refusal;
  readonly path: string | undefined;

  constructor(refusal: Refusal, path?: string, cause?: unknown) {
    super(`not kept: ${refusal}${path === undefined ? '' : ` at ${path}`}`, { cause });
    this.name = 'NotKeptError';
    this.refusal = refusal;
    this.path = path;
  }
}

/** How far it is. */
export interface Progress {
  files: number;
  bytes: number;
}

/** The header of requests for files that are to be kept. (Developer tools change a request's cache mode.) */
export const forCopy = 'offline-copy';

/** Requests at once: what browsers send to one host over HTTP/1. */
const width = 6;

/**
 * Fetches a build into a copy of its own. What the copy that is read has in the same bytes is taken from there, and
 * what an earlier try left is not fetched again. Each file is held to its digest, so a build that is published
 * meanwhile does not get in. The copy is not marked as whole: that is the caller's.
 *
 * @throws NotKeptError
 */
export async function fetchCopy(
  list: FileList,
  copies: KeptCopies,
  { signal, progress }: { signal: AbortSignal; progress(done: Progress): void },
): Promise<void> {
  const [there, before] = await Promise.all([addressesIn(copies, list.build), copies.newest()]);
  const beforeList = before && (await copies.list(before.build));
  const changed = new Set(changedFiles(list, beforeList).map(({ path }) => path));
  const done: Progress = { files: 0, bytes: 0 };

  const keep = async (file: ListedFile): Promise<void> => {
    if (!there.has(addressOf(file.path))) {
      const copy =
        before && !changed.has(file.path) && (await copies.match(before.build, addressOf(file.path)));
      await store(copies, list.build, file, copy || (await fetchFile(file, copies.root, signal)));
    }
    done.files += 1;
    done.bytes += file.bytes;
    progress(done);
  };

  // The first failure ends the others too, and all have ended before it is told: nothing is written after that.
  const failed = new AbortController();
  const queue = list.files.values();
  const worker = async () => {
    for (const file of queue) {
      if (signal.aborted) throw new NotKeptError('stopped');
      if (failed.signal.aborted) return;
      await keep(file).catch((error: unknown) => {
        failed.abort(error);
        throw error;
      });
    }
  };
  await Promise.allSettled(Array.from({ length: width }, worker));
  if (signal.aborted) throw new NotKeptError('stopped');
  failed.signal.throwIfAborted();
}

/** The addresses that an earlier try has kept. */
async function addressesIn(copies: KeptCopies, build: string): Promise<Set<string>> {
  try {
    const kept = await (await copies.open(build)).keys();
    return new Set(kept.map(({ url }) => url.slice(copies.root.length)));
  } catch (cause) {
    throw new NotKeptError('forbidden', undefined, cause);
  }
}

async function fetchFile(file: ListedFile, root: string, signal: AbortSignal): Promise<Response> {
  let response: Response;
  let bytes: ArrayBuffer;
  try {
    // The service worker leaves this alone: it would answer with the older copy when the network fails.
    const headers = { [forCopy]: file.digest };
    response = await fetch(root + addressOf(file.path), { cache: 'no-cache', headers, signal });
    bytes = await response.arrayBuffer();
  } catch (cause) {
    throw new NotKeptError(signal.aborted ? 'stopped' : 'network', file.path, cause);
  }
  if ((await digest(bytes)) !== file.digest) {
    throw new NotKeptError(response.ok ? 'altered' : 'missing', file.path);
  }
  // A new answer: the fetched one may be a redirect, which browsers refuse for a page, and speaks of compression.
  const headers = new Headers(response.headers);
  for (const name of ['content-encoding', 'content-length']) headers.delete(name);
  return new Response(bytes, { headers });
}

async function store(copies: KeptCopies, build: string, file: ListedFile, response: Response) {
  try {
    await copies.put(build, file.path, response);
  } catch (cause) {
    const isFull = cause instanceof DOMException && cause.name === 'QuotaExceededError';
    throw new NotKeptError(isFull ? 'full' : 'forbidden', file.path, cause);
  }
}

/** As in the list: the first digits of the SHA-256. */
async function digest(bytes: ArrayBuffer): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .slice(0, digestDigits);
}
