import { relative, resolve, sep } from 'node:path';
import type { AstroIntegration } from 'astro';
import type { ErrorPayload, HotPayload, ViteDevServer } from 'vite';
import { checkContent } from '../checks/content/index.ts';
import { checkMemory } from '../checks/content/memory.ts';
import type { ContentSource } from '../collections/content-source.ts';
import { gathered } from '../collections/gathered.ts';
import { wantsColor } from '../errors/format.ts';
import type { Problem } from '../errors/problem.ts';
import { sayChanges } from './changes.ts';
import { overlayPayload } from './overlay.ts';

/** Milliseconds of quiet after which a change counts as made. */
const pause = 80;

/**
 * The errors of the content in `astro dev`: checked at the start and after each change, said in the terminal, and
 * shown over every page that is open or gets opened, until the files are right again. Warnings stay in the terminal.
 *
 * @param dir the content folder
 * @param readSource gives the same object as long as the content has not changed
 * @param base base path with slashes at both ends
 */
export function contentErrors(
  dir: string,
  readSource: () => Promise<ContentSource>,
  base: string,
): AstroIntegration {
  return {
    name: 'content-errors',
    hooks: {
      'astro:server:setup': ({ server }) => watchContent(server, dir, readSource, base),
    },
  };
}

function watchContent(
  server: ViteDevServer,
  dir: string,
  readSource: () => Promise<ContentSource>,
  base: string,
): void {
  const memory = checkMemory();
  let source: ContentSource | undefined;
  let problems: readonly Problem[] = [];
  let overlay: ErrorPayload | undefined;

  const { hot } = server.environments.client;
  const isWatched = () => server.ws.clients.size > 0;
  const send = hot.send.bind(hot);

  const recheck = gathered(async () => {
    const now = await readSource();
    if (now === source) return;
    source = now;
    const found = checkContent(now, base, memory);
    const said = sayChanges(problems, found, { color: wantsColor(process.stderr, process.env) });
    if (said !== undefined) process.stderr.write(said);
    const errors = found.filter(({ severity }) => severity === 'error');
    problems = found;
    overlay = errors.length > 0 ? overlayPayload(errors) : undefined;
    // Astro remembers which pages there are until its content layer says that content has changed. Ours lies outside.
    for (const name of ['ssr', 'prerender']) server.environments[name]?.hot.send('astro:content-changed', {});
    // Whoever loads the page anew gets the overlay, if there is one.
    if (isWatched()) send({ type: 'full-reload', path: '*' });
  }, pause);

  // A page that does not render for one of these errors makes Astro send its own; ours says it with the cure.
  hot.send = (payload: HotPayload | string, ...data: unknown[]) => {
    const isForeign = typeof payload === 'object' && payload.type === 'error' && payload !== overlay;
    if (!isForeign || !overlay || !isAbout(payload, dir)) {
      Reflect.apply(send, hot, [payload, ...data]);
      return;
    }
    // Without a page to show it, Vite would keep it for the next one, when it may be mended.
    if (isWatched()) send(overlay);
  };
  hot.on('vite:client:connect', (_data, client) => {
    if (overlay) client.send(overlay);
  });

  const root = resolve(dir);
  server.watcher.add(root);
  server.watcher.on('all', (_event, path) => {
    const below = relative(root, resolve(path));
    if (below !== '..' && !below.startsWith(`..${sep}`)) recheck.ask();
  });
  server.httpServer?.on('close', () => recheck.stop());
  recheck.ask();
}

/** Whether an error stems from the content: its place or its text names a file there. */
function isAbout({ err }: ErrorPayload, dir: string): boolean {
  const named = [err.loc?.file, err.id, err.message, err.stack];
  return named.some((text) => text?.includes(`${dir}/`) === true || text?.includes(`${resolve(dir)}/`));
}
