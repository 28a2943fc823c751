/** Gives each block of code a button that copies its text, markers left out. */
for (const figure of document.querySelectorAll('figure.code:not(.output), .region-code')) {
  const code = figure.querySelector('pre code');
  if (!code || figure.querySelector('.copy')) continue;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'copy';
  button.textContent = 'Copy';
  button.setAttribute('aria-live', 'polite');
  button.addEventListener('click', async () => {
    const copy = code.cloneNode(true);
    if (!(copy instanceof HTMLElement)) return;
    for (const marker of copy.querySelectorAll('.marker')) marker.remove();
    try {
      await navigator.clipboard.writeText(copy.textContent.replace(/[ \t]+$/gm, ''));
      button.textContent = 'Copied';
    } catch {
      button.textContent = 'Not allowed';
    }
    setTimeout(() => {
      button.textContent = 'Copy';
    }, 1500);
  });
  (code.closest('figure') ?? figure).append(button);
}
