import { loadStyle } from './load-style.ts';
import toastCss from './toast.css?url';

/** How long a message stays, in milliseconds. */
const stay = 5000;

const toast = document.createElement('p');
toast.className = 'toast';
toast.role = 'status';
document.body.append(toast);
let timer: number | undefined;

/** Says something at the foot of the window, to screen readers too: a key works wherever the reader is. */
export async function announce(message: string): Promise<void> {
  await loadStyle(toastCss);
  clearTimeout(timer);
  toast.textContent = message;
  timer = window.setTimeout(() => toast.replaceChildren(), stay);
}
