// Blocks rendering for a moment, so that a chosen theme is there before the first paint.
// A file of its own: a strict content security policy allows no inline script.
document.documentElement.classList.add('js');
try {
  const theme = localStorage.getItem('theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be forbidden; the system's theme then holds.
}
