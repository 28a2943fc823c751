import type { Link, PhrasingContent } from 'mdast';
import { paperUrl } from '../collections/paper.ts';
import { didYouMean } from '../errors/suggest.ts';
import { report } from './report.ts';
import type { MarkdownStep } from './step.ts';
import { placeInSource, replaceInProse } from './text-match.ts';

/** `[@2305.18290]`, `[@bradley-terry-1952; @2310.12036]`. */
const citation = /\[@(?<ids>[\w.:/-]+(?:\s*;\s*@[\w.:/-]+)*)\]/g;

declare module 'vfile' {
  interface DataMap {
    /** Ids of the cited papers, in order of their first citation. */
    cited: string[];
  }
}

/**
 * Citations become links to the page's list of papers: `[DPO, 2023]`.
 * In Markdown that is no page, and so has no such list, they lead to the paper itself.
 */
export const citations: MarkdownStep = (tree, file, { papers, claimed, current }) => {
  const cited = new Set<string>();
  replaceInProse(tree, file, citation, ({ groups, place }) => {
    const ids = (groups.ids ?? '').split(/\s*;\s*@?/);
    const links = ids.map((id): Link | undefined => {
      const paper = papers.get(id);
      if (!paper && claimed.papers.has(id)) return undefined;
      if (!paper) {
        const suggestion = didYouMean(id, papers.keys());
        const where = placeInSource(file, { position: place }, `@${id}`);
        report(file, 'paper-unknown', where, `content/papers.yaml has no paper \`${id}\``, { suggestion });
        return undefined;
      }
      cited.add(id);
      const url = current ? `#paper-${id}` : (paperUrl(paper) ?? '');
      const label = `${paper.short}, ${paper.year}`;
      return {
        type: 'link',
        url,
        data: { hProperties: { className: ['cite'], title: paper.title } },
        children: [{ type: 'text', value: label }],
      };
    });
    if (links.includes(undefined)) return undefined;
    const separated = links.flatMap((link, index): PhrasingContent[] => {
      if (!link) return [];
      return index === 0 ? [link] : [{ type: 'text', value: '; ' }, link];
    });
    return [{ type: 'text', value: '[' }, ...separated, { type: 'text', value: ']' }];
  });
  file.data.cited = [...cited];
};
