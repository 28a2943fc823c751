import { type Asked, asked } from './address.ts';
import { isKept } from './file-list.ts';
import { forCopy } from './keep.ts';
import { KeptCopies } from './kept-copies.ts';

/*
 * Answers for the site while there is no network. It is registered when a reader asks to keep the site, and it
 * fetches nothing on its own: src/offline/keep.ts fills the copies.
 *
 * Network first: whoever has a network reads what is published, whatever was kept. Files whose name changes with
 * their content come from the copy first, since they cannot be stale. The rest comes from the copy when the network
 * or the host (5xx) fails.
 *
 * A page and what it loads are of one build: what a kept page loads comes from its copy, also when the network is
 * back; what a newer page loads never comes from the copy, also when the network goes.
 */

interface FetchEvent extends Event {
  readonly request: Request;
  /** The page that asks. */
  readonly clientId: string;
  /** The page that comes of it. */
  readonly resultingClientId: string;
  waitUntil(work: Promise<unknown>): void;
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
  if (request.method !== 'GET' || request.headers.has(forCopy) || !wanted || !isKept(wanted.address)) return;
  event.respondWith(answer(event, wanted));
});

async function answer(event: FetchEvent, { address, immutable }: Asked): Promise<Response> {
  const { request } = event;
  const kept = await copies.newest();
  if (!kept) return fetch(request);
  const copy = () => copies.match(kept.build, address);
  if (request.mode === 'navigate') return page(event, address, kept.build);

  const build = await copies.pageBuild(event.clientId);
  if (immutable || build === kept.build) return (await copy()) ?? fetch(request);
  const fetched = await fetch(request).catch(() => undefined);
  if (fetched && fetched.status < 500) return fetched;
  return (build === undefined ? await copy() : undefined) ?? fetched ?? Response.error();
}

async function page(event: FetchEvent, address: string, kept: string): Promise<Response> {
  const { request, resultingClientId } = event;
  const fetched = await fetch(request).catch(() => undefined);
  if (fetched && fetched.status < 500) {
    if (fetched.ok) event.waitUntil(noteOther(fetched.clone(), address, kept, resultingClientId));
    return fetched;
  }
  const copy = await copies.match(kept, address);
  const lost = copy ? undefined : await copies.match(kept, '404.html');
  if (!copy && (await copies.match(kept, `${address}/`))) {
    return Response.redirect(`${root}${address}/${new URL(request.url).search}`);
  }
  await copies.notePage(resultingClientId, kept);
  if (copy) return copy;
  if (fetched || !lost) return fetched ?? Response.error();
  return new Response(lost.body, { status: 404, headers: lost.headers });
}

/** Notes when a page from the network is not the one that is kept. */
async function noteOther(fetched: Response, address: string, kept: string, client: string): Promise<void> {
  const copy = await copies.match(kept, address);
  if (!copy || (await copy.text()) !== (await fetched.text())) await copies.notePage(client, 'other');
}
