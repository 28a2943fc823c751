import { asked } from './address.ts';
import { isKept } from './file-list.ts';
import { KeptCopies } from './kept-copies.ts';

/*
 * Answers for the site while there is no network. It is registered when a reader asks to keep the site, and it
 * fetches nothing on its own: src/offline/keep.ts fills the copies.
 *
 * Network first: whoever has a network reads what is published, whatever was kept. Files whose name changes with
 * their content come from the copy first, since they cannot be stale. The rest comes from the copy when the network
 * or the host (5xx) fails.
 */

interface FetchEvent extends Event {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}

/** What is used of ServiceWorkerGlobalScope, whose types cannot stand beside those of pages. */
declare const self: {
  readonly registration: { readonly scope: string };
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(name: 'fetch', listener: (event: FetchEvent) => void): void;
  addEventListener(
    name: 'install' | 'activate',
    listener: (event: { waitUntil(work: Promise<unknown>): void }) => void,
  ): void;
};

const root = self.registration.scope;
const copies = new KeptCopies(root, caches);

self.addEventListener('install', (event) => event.waitUntil(self.skipWaiting()));
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const wanted = asked(request.url, root);
  if (request.method !== 'GET' || !wanted || !isKept(wanted.address)) return;
  event.respondWith(answer(request, wanted.address, wanted.immutable));
});

async function answer(request: Request, address: string, immutable: boolean): Promise<Response> {
  const kept = await copies.newest();
  if (!kept) return fetch(request);
  const copy = () => copies.match(kept.build, address);
  if (immutable) return (await copy()) ?? fetch(request);

  const fetched = await fetch(request).catch(() => undefined);
  if (fetched && fetched.status < 500) return fetched;
  const found = (await copy()) ?? fetched;
  if (found || request.mode !== 'navigate') return found ?? Response.error();

  if (await copies.match(kept.build, `${address}/`)) {
    const { search } = new URL(request.url);
    return Response.redirect(`${root}${address}/${search}`);
  }
  const lost = await copies.match(kept.build, '404.html');
  return lost ? new Response(lost.body, { status: 404, headers: lost.headers }) : Response.error();
}
