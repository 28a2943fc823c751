import type { Root } from 'mdast';
import type { MdxJsxFlowElement, MdxJsxTextElement } from 'mdast-util-mdx-jsx';
import { visit } from 'unist-util-visit';

export type JsxElement = MdxJsxFlowElement | MdxJsxTextElement;

/** The value of an attribute that is a string; undefined when it is absent or an expression. */
export function attributeOf(node: JsxElement, name: string): string | undefined {
  const attribute = node.attributes.find((each) => each.type === 'mdxJsxAttribute' && each.name === name);
  return typeof attribute?.value === 'string' ? attribute.value : undefined;
}

/** Replaces each block component of a name by what `make` gives; undefined leaves nothing in its place. */
export function replaceComponent(
  tree: Root,
  name: string,
  make: (node: MdxJsxFlowElement) => Root['children'][number] | undefined,
): void {
  visit(tree, 'mdxJsxFlowElement', (node, index, parent) => {
    if (node.name !== name || !parent || index === undefined) return undefined;
    const replacement = make(node);
    const siblings: unknown[] = parent.children;
    siblings.splice(index, 1, ...(replacement ? [replacement] : []));
    return index + (replacement ? 1 : 0);
  });
}
