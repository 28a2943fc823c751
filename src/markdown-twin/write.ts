import type { RootContent } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import remarkStringify from 'remark-stringify';
import { unified } from 'unified';

const writer = unified()
  .use(remarkGfm, { tablePipeAlign: false })
  .use(remarkMath)
  .use(remarkStringify, { bullet: '-', emphasis: '*', fences: true, listItemIndent: 'one', rule: '-' })
  .freeze();

/** Markdown text (CommonMark, GFM tables, TeX between dollar signs) of a tree. Ends with a line end. */
export function writeMarkdown(children: RootContent[]): string {
  return writer.stringify({ type: 'root', children });
}
