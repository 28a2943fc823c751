import { toHtml } from 'hast-util-to-html';
import { toHast } from 'mdast-util-to-hast';
import remarkParse from 'remark-parse';
import { unified } from 'unified';

const markdown = unified().use(remarkParse).freeze();

/**
 * HTML of Markdown that the generator itself brings along. Nothing in it is looked up in the content: the same text
 * stands on the site of any content folder.
 */
export function plainHtml(text: string): string {
  return toHtml(toHast(markdown.parse(text)));
}

/** The same without the paragraph around a single one. */
export function plainInline(text: string): string {
  return plainHtml(text).replace(/^<p>|<\/p>$/g, '');
}
