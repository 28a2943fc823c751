import type { Element, ElementContent, Properties, Root } from 'hast';
import { toHtml } from 'hast-util-to-html';
import type { MdxJsxFlowElementHast, MdxJsxTextElementHast } from 'mdast-util-mdx-jsx';
import { visit } from 'unist-util-visit';
import { z } from 'zod';
import { pictureFile } from './images.ts';

/** A component of the site on a page, with the attributes that its author gave it. */
export interface PlacedComponent {
  name: string;
  attributes: Record<string, string>;
  children: Part[];
}

/**
 * A piece of a rendered page, in the order of the page: HTML, whose elements may begin in one piece and end in
 * another, or a component between two of them.
 */
export type Part = string | PlacedComponent;

/** What a kept page looks like. */
export const partSchema: z.ZodType<Part> = z.lazy(() =>
  z.union([
    z.string(),
    z.strictObject({
      name: z.string(),
      attributes: z.record(z.string(), z.string()),
      children: z.array(partSchema),
    }),
  ]),
);

type JsxNode = MdxJsxFlowElementHast | MdxJsxTextElementHast;

/** No text of a page holds it: parsers of Markdown replace it. */
const mark = '\0';

/**
 * HTML and components of a tree, which is used up. Elements that were written as JSX become HTML, comments of MDX
 * vanish, and a picture beside the page becomes the component `Picture` with the path of its file.
 *
 * @param dir folder of the page
 */
export function partsOf({ children }: Root, dir: string): Part[] {
  const placed: PlacedComponent[] = [];
  const tree: Root = { type: 'root', children };
  visit(tree, (node, index, parent) => {
    if (!parent || index === undefined) return undefined;
    const replace = (...nodes: ElementContent[]) => {
      const siblings: unknown[] = parent.children;
      siblings.splice(index, 1, ...nodes);
      return index;
    };
    const place = (component: PlacedComponent) => {
      placed.push(component);
      return replace({ type: 'text', value: `${mark}${placed.length - 1}${mark}` });
    };
    if (node.type === 'mdxFlowExpression' || node.type === 'mdxTextExpression') return replace();
    if (node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement') {
      const { name, children: inside } = node;
      if (!name) return replace(...inside);
      if (!/^[A-Z]/.test(name)) return replace(element(name, node));
      return place({
        name,
        attributes: stringsOf(node),
        children: partsOf({ type: 'root', children: inside }, dir),
      });
    }
    if (node.type === 'element' && isPictureBeside(node)) {
      const { src, alt = '', title } = node.properties;
      const file = pictureFile(String(src), dir);
      const attributes = { file, alt: String(alt), ...(title ? { title: String(title) } : {}) };
      return place({ name: 'Picture', attributes, children: [] });
    }
    return undefined;
  });
  return toHtml(tree)
    .split(mark)
    .flatMap((piece, index): Part[] => {
      const part = index % 2 === 0 ? piece : placed[Number(piece)];
      return part === undefined || part === '' ? [] : [part];
    });
}

/** An address that starts at the page's own folder. */
function isPictureBeside({ tagName, properties: { src } }: Element): boolean {
  return tagName === 'img' && typeof src === 'string' && !/^(?:[a-z][a-z\d+.-]*:|\/|#)/i.test(src);
}

function element(tagName: string, node: JsxNode): Element {
  const properties: Properties = {};
  for (const each of node.attributes) {
    if (each.type !== 'mdxJsxAttribute') continue;
    properties[each.name] = typeof each.value === 'string' ? each.value : true;
  }
  return { type: 'element', tagName, properties, children: node.children };
}

/** The check refuses attributes that are code, or that stand alone. */
function stringsOf(node: JsxNode): Record<string, string> {
  return Object.fromEntries(
    node.attributes.flatMap((each) =>
      each.type === 'mdxJsxAttribute' && typeof each.value === 'string' ? [[each.name, each.value]] : [],
    ),
  );
}
