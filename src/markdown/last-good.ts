import type { RenderedText } from './renderer.ts';

/** Renders what is named `id`; what a text with mistakes shows is up to it. */
export type RenderSafely = (
  id: string,
  render: () => Promise<RenderedText>,
  instead: RenderedText['parts'],
) => Promise<RenderedText>;

/**
 * While somebody writes, a text with mistakes stays as it was, or shows as `instead`: the check says over the page what
 * is wrong with it. Otherwise, as in a build, the mistake is thrown.
 */
export function lastGood(isWriting: boolean): RenderSafely {
  const known = new Map<string, RenderedText>();
  return async (id, render, instead) => {
    if (!isWriting) return render();
    const rendered = await render().catch(() => known.get(id) ?? { parts: instead, headings: [], cited: [] });
    known.set(id, rendered);
    return rendered;
  };
}
