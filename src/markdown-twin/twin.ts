import type { RootContent } from 'mdast';
import { footNodes } from './foot.ts';
import { headNodes } from './head.ts';
import { plainBlocks } from './plain.ts';
import { resolve } from './resolve.ts';
import { type TwinPage, type TwinScope, type TwinSite, twinScope } from './scope.ts';
import { bugNodes, cellsOf, recordedNodes, runNodes } from './script.ts';
import { writeMarkdown } from './write.ts';

/** A page's own file and llms-full.txt ask for the same text. */
const twins = new WeakMap<TwinPage, { source: TwinSite['source']; origin: string; text: string }>();

/**
 * A page as one Markdown text that stands alone (CommonMark and GFM, TeX between dollar signs), made from the
 * tree that the page itself is made from. Links are whole addresses; figures are their captions and numbers.
 */
export function markdownTwin(page: TwinPage, site: TwinSite): string {
  const made = twins.get(page);
  if (made?.source === site.source && made.origin === site.origin) return made.text;
  const text = writeTwin(page, site);
  twins.set(page, { source: site.source, origin: site.origin, text });
  return text;
}

function writeTwin(page: TwinPage, site: TwinSite): string {
  const scope = twinScope(site, page);
  const { before, text, kind, after } = parts(page, scope);
  const { tree, cited } = resolve(text, kind, page.file, site.context);
  return writeMarkdown([
    ...headNodes(page, site, scope),
    ...before,
    ...plainBlocks(tree.children, scope),
    ...after,
    ...footNodes(page, cited, site, scope),
  ]);
}

/** The text of a page, and what its layout adds before and after it. */
function parts(
  page: TwinPage,
  scope: TwinScope,
): { before: RootContent[]; text: string; kind: 'md' | 'mdx'; after: RootContent[] } {
  const script = scope.source.scripts.find(({ ref }) => ref === page.ref);
  if (!script) {
    return { before: [], text: page.body, kind: page.file.endsWith('.md') ? 'md' : 'mdx', after: [] };
  }
  return {
    before: runNodes(script, scope),
    text: cellsOf(script, scope),
    kind: 'md',
    after: [...recordedNodes(script, scope), ...bugNodes(script, scope)],
  };
}
