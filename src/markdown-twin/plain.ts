import type { Blockquote, PhrasingContent, RootContent } from 'mdast';
// Types of JSX and expression nodes.
import type {} from 'remark-mdx';
import { isFlow } from '../markdown/element.ts';
import type { JsxElement } from '../markdown/jsx.ts';
import { componentNodes } from './component.ts';
import { elementName, elementTable } from './config-table.ts';
import { plainFence } from './fence.ts';
import { plainHtml } from './html.ts';
import { paragraph, strong } from './nodes.ts';
import { resolve } from './resolve.ts';
import { absoluteUrl, type TwinScope } from './scope.ts';

/*
 * The tree that the Markdown steps left has elements in it (`data.hName`), components and raw HTML. Here it
 * becomes a tree of Markdown alone: everything that a reader sees is kept, what only HTML needs goes.
 */

/** Blocks as plain Markdown. */
export function plainBlocks(nodes: readonly RootContent[], scope: TwinScope): RootContent[] {
  return nodes.flatMap((node) => plainBlock(node, scope));
}

function plainBlock(node: RootContent, scope: TwinScope): RootContent[] {
  switch (node.type) {
    case 'mdxjsEsm':
    case 'mdxFlowExpression':
    case 'yaml':
      return [];
    case 'mdxJsxFlowElement':
      return component(node, node.children, scope);
    case 'html':
      return plainHtml(node.value, scope.folded);
    case 'code':
      return plainFence(node);
    case 'blockquote':
      return quote(node, scope);
    case 'list':
      return [
        {
          ...node,
          children: node.children.map((item) => ({ ...item, children: flow(item.children, scope) })),
        },
      ];
    case 'footnoteDefinition':
      return [{ ...node, children: flow(node.children, scope) }];
    case 'table':
      return [
        {
          ...node,
          children: node.children.map((row) => ({
            ...row,
            children: row.children.map((cell) => ({ ...cell, children: plainInline(cell.children, scope) })),
          })),
        },
      ];
    case 'paragraph': {
      // A component on one line stands in a paragraph of its own.
      const [only, ...more] = node.children;
      if (only?.type === 'mdxJsxTextElement' && more.length === 0) {
        return component(only, [{ type: 'paragraph', children: only.children }], scope);
      }
      return [{ ...node, children: plainInline(node.children, scope) }];
    }
    case 'heading':
      return [{ ...node, children: plainInline(node.children, scope) }];
    case 'definition':
      return [{ ...node, url: absoluteUrl(node.url, scope) }];
    default:
      return [node];
  }
}

/** A component by what it says; an element of HTML by what is in it. */
function component(node: JsxElement, children: readonly RootContent[], scope: TwinScope): RootContent[] {
  const plain = () => plainBlocks(children, scope);
  const fragment = (text: string) => fragmentInline(text, scope);
  return /^[A-Z]/.test(node.name ?? '') ? componentNodes({ node, plain, fragment, scope }) : plain();
}

function flow(nodes: readonly RootContent[], scope: TwinScope): Blockquote['children'] {
  return plainBlocks(nodes, scope).filter(isFlow);
}

/** A quotation, or what a step put in its place. */
function quote(node: Blockquote, scope: TwinScope): RootContent[] {
  const name = elementName(node);
  if (name === undefined) return [{ ...node, children: flow(node.children, scope) }];
  const inline = (children: readonly PhrasingContent[]) => plainInline(children, scope);
  if (name === 'table') return elementTable(node, inline);
  return node.children.flatMap((child: RootContent) =>
    child.type === 'emphasis'
      ? [paragraph(strong(...inline(child.children)))] // the summary of folded fields
      : plainBlock(child, scope),
  );
}

/** Text as plain Markdown: links whole, elements by what is in them. */
export function plainInline(nodes: readonly PhrasingContent[], scope: TwinScope): PhrasingContent[] {
  return nodes.flatMap((node): PhrasingContent[] => {
    if (node.type === 'mdxTextExpression') return [];
    if (node.type === 'mdxJsxTextElement') return plainInline(node.children, scope);
    if (node.type === 'emphasis' && elementName(node) !== undefined) return plainInline(node.children, scope);
    if (node.type === 'link') {
      const { title, children } = node;
      return [
        { type: 'link', url: absoluteUrl(node.url, scope), title, children: plainInline(children, scope) },
      ];
    }
    if (node.type === 'image') return [{ ...node, url: absoluteUrl(node.url, scope) }];
    return 'children' in node ? [{ ...node, children: plainInline(node.children, scope) }] : [node];
  });
}

/** A Markdown string that stands in a record, as plain Markdown. */
export function fragmentBlocks(text: string, scope: TwinScope): RootContent[] {
  return plainBlocks(resolve(text, 'md', undefined, scope.context).tree.children, scope);
}

/** The text of a string that is one paragraph; of several, all in a row. */
export function fragmentInline(text: string, scope: TwinScope): PhrasingContent[] {
  return fragmentBlocks(text, scope).flatMap((node, index): PhrasingContent[] => {
    if (node.type !== 'paragraph') return [];
    return [...(index === 0 ? [] : [{ type: 'text' as const, value: ' ' }]), ...node.children];
  });
}
