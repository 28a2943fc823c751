import type { MarkdownContext } from '../../../src/markdown/context.ts';
import type { Part } from '../../../src/markdown/parts.ts';
import { createRenderer } from '../../../src/markdown/renderer.ts';

/** Renders a text as pages do. Components become elements of their name. */
export async function renderText(
  text: string,
  path: string | undefined,
  context: MarkdownContext,
): Promise<string> {
  return (await createRenderer(context).render(text, path)).parts.map(shown).join('');
}

function shown(part: Part): string {
  if (typeof part === 'string') return part;
  const attributes = Object.entries(part.attributes).map(([name, value]) => ` ${name}="${value}"`);
  return `<${part.name}${attributes.join('')}>${part.children.map(shown).join('')}</${part.name}>`;
}
