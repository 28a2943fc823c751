const added = new Map<string, Promise<void>>();

/** Adds a style sheet that only some readers need. Resolves when it applies, or cannot be had. */
export function loadStyle(href: string): Promise<void> {
  const known = added.get(href);
  if (known) return known;
  const loaded = new Promise<void>((resolve) => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = href;
    link.onload = () => resolve();
    link.onerror = () => resolve();
    document.head.append(link);
  });
  added.set(href, loaded);
  return loaded;
}
