import type { Root } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import type { VFile } from 'vfile';

const markdown = unified().use(remarkParse).use(remarkGfm).use(remarkMath).freeze();
const mdx = unified().use(remarkParse).use(remarkMdx).use(remarkGfm).use(remarkMath).freeze();

/** Parses a text as Astro does. Throws a VFileMessage for one that is no MDX. */
export function parse(file: VFile, kind: 'mdx' | 'md'): Root {
  return (kind === 'mdx' ? mdx : markdown).parse(file);
}
