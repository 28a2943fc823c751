import { saveFile } from '../reader/save-file.ts';

/**
 * Saves the file of a link. Chromium does not ask the service worker for a link's download, so without a network it
 * would find nothing; a page's own request is answered from the copy.
 */
export async function download({ href, download }: HTMLAnchorElement): Promise<void> {
  const response = await fetch(href).catch(() => undefined);
  if (!response?.ok) {
    // The browser then says itself what is wrong.
    location.assign(href);
    return;
  }
  saveFile(download || new URL(href).pathname.replace(/.*\//, ''), await response.blob());
}
