import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { readSite } from '../../src/checks/dist/site-files.ts';
import { writeFileList } from '../../src/offline/write-file-list.ts';
import { serve } from '../../src/serve/server.ts';
import { dist } from './pages.ts';

/** A copy of the built site, whose files a test changes, on a host that it stops. */
export interface OfflineHost {
  readonly url: string;
  /** Paths that were asked for since the last look. */
  asked(): string[];
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Publishes another build: some text of a file is another one. */
  publish(path: string, from: string, to: string): Promise<void>;
  /** Changes a file behind the back of the list. */
  spoil(path: string): Promise<void>;
  close(): Promise<void>;
}

/** What takes most of the files, and what the test of the whole site alone looks at. */
const bulk = /\/(pagefind|errors|og|examples|glossary)\/./;

/** @param whole all of the site; without it what takes long to keep is left out, as if the content were less */
export async function offlineHost({ whole = false } = {}): Promise<OfflineHost> {
  const dir = await mkdtemp(join(tmpdir(), 'offline-host-'));
  // Of a site that was compressed ahead, the tests change files: what was compressed would be sent as it was.
  const filter = (from: string) =>
    !/\.(?:gz|br)$/.test(from) && (whole || !bulk.test(from.slice(dist.length)));
  await cp(dist, dir, { recursive: true, filter });
  await writeFileList(dir, readSite(dir), '/');
  let asked: string[] = [];
  let stopServer = async () => {};
  const start = async (port: number) => {
    const { server, url } = await serve(dir, '/', port);
    server.on('request', (request) => asked.push(request.url ?? ''));
    stopServer = async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    };
    return url;
  };
  const url = await start(0);
  return {
    url,
    asked() {
      const paths = asked;
      asked = [];
      return paths;
    },
    start: async () => void (await start(Number(new URL(url).port))),
    stop: () => stopServer(),
    async publish(path, from, to) {
      const text = await readFile(join(dir, path), 'utf8');
      expect(text).toContain(from);
      await writeFile(join(dir, path), text.replaceAll(from, to));
      await writeFileList(dir, readSite(dir), '/');
    },
    spoil: (path) => writeFile(join(dir, path), 'not what was built'),
    async close() {
      await stopServer();
      await rm(dir, { recursive: true });
    },
  };
}

/** The control on the page that has it. */
export function control(page: Page) {
  return page.locator('offline-control');
}

/** Keeps the site, as a reader does, and waits until it is whole. */
export async function keepSite(page: Page, siteUrl: string): Promise<void> {
  await page.goto(siteUrl);
  await page.getByRole('contentinfo').getByRole('link', { name: 'Keep for reading offline' }).click();
  await expect(control(page)).toContainText('Nothing is kept.');
  await control(page).getByRole('button', { name: 'Keep the site' }).click();
  await expect(control(page)).toContainText('The whole site is kept on this device', { timeout: 150_000 });
}
