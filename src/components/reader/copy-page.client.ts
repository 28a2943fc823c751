import { announce } from './announce.ts';

/** Fetches the page's Markdown twin and puts it on the clipboard; says what came of it. */
export async function copyPage(): Promise<void> {
  const address = document.querySelector<HTMLLinkElement>('link[type="text/markdown"]')?.href;
  if (address === undefined) return;
  const text = fetch(address).then((response) => {
    if (!response.ok) throw new Error(`${response.status} for ${address}`);
    return response.text();
  });
  try {
    await put(text);
    const size = new Blob([await text]).size;
    await announce(`Copied the page as Markdown, ${Math.ceil(size / 1024)} KB.`);
  } catch {
    await announce('The browser does not allow copying. Open “as Markdown” at the top, and copy from there.');
  }
}

async function put(text: Promise<string>): Promise<void> {
  try {
    // Safari only lets a click write if the writing begins at once: it may wait for the text, we may not.
    const blob = text.then((value) => new Blob([value], { type: 'text/plain' }));
    await navigator.clipboard.write([new ClipboardItem({ 'text/plain': blob })]);
  } catch {
    await selectAndCopy(await text);
  }
}

/** The old way, for pages served without TLS and for clipboards that are refused. Throws when it fails too. */
async function selectAndCopy(text: string): Promise<void> {
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'visually-hidden';
  const focused = document.activeElement;
  document.body.append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  if (!done) throw new Error('the browser refused to copy');
}
