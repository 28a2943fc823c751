// Blocks rendering for a moment, so that a chosen theme is there before the first paint.
// A file of its own: a strict content security policy allows no inline script.
const root = document.documentElement;
root.classList.add('js');

// The browser's own bars follow a theme that was chosen by hand; until then the system's setting decides.
const bars = [...document.querySelectorAll('meta[name="theme-color"]')];
const colours = Object.fromEntries(bars.map(({ media, content }) => [/light|dark/.exec(media), content]));
new MutationObserver(() => {
  for (const bar of bars) bar.content = colours[root.dataset.theme];
}).observe(root, { attributeFilter: ['data-theme'] });

try {
  const theme = localStorage.getItem('theme');
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
} catch {
  // Storage may be forbidden; the system's theme then holds.
}
