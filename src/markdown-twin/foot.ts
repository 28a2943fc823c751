import type { PhrasingContent, RootContent } from 'mdast';
import { paperUrl } from '../collections/paper.ts';
import { kindLabels } from '../navigation/page.ts';
import { heading, link, list, paragraph } from './nodes.ts';
import { pageUrl, type TwinPage, type TwinScope, type TwinSite } from './scope.ts';

/**
 * Papers, and what to read next.
 *
 * @param cited in the text; those of the frontmatter come first
 */
export function footNodes(
  { data, file }: TwinPage,
  cited: readonly string[],
  { pages }: TwinSite,
  scope: TwinScope,
): RootContent[] {
  const papers = [...new Set([...data.papers, ...cited])].flatMap((id) => scope.context.papers.get(id) ?? []);
  const next = data.next.flatMap((ref) => pages.get(ref) ?? []);
  const text = (value: string): PhrasingContent => ({ type: 'text', value });
  return [
    ...(papers.length > 0
      ? [
          heading(2, 'Papers'),
          list(
            papers.map((paper) => {
              const url = paperUrl(paper);
              const title = text(paper.title);
              const reference = paper.reference ? `. ${paper.reference}` : '';
              return [
                paragraph(
                  text(`${paper.short}, ${paper.year}: `),
                  url ? link(url, title) : title,
                  text(reference),
                ),
              ];
            }),
            true,
          ),
        ]
      : []),
    ...(next.length > 0
      ? [
          heading(2, 'Read next'),
          list(
            next.map((page) => [
              paragraph(
                text(`${kindLabels[page.kind]}, ${page.minutes} min: `),
                link(pageUrl(page.ref, scope), text(page.data.title)),
                text(`. ${page.data.question}`),
              ),
            ]),
          ),
        ]
      : []),
    { type: 'thematicBreak' },
    paragraph(text(`Made from ${file}.`)),
  ];
}
