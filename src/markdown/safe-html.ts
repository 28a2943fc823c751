// Types of JSX nodes.
import type {} from 'remark-mdx';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import type { JsxElement } from './jsx.ts';
import { report, type Where } from './report.ts';
import type { MarkdownStep } from './step.ts';

/** Elements that run code, or show a page of somebody else. */
const active = new Set(['script', 'iframe', 'object', 'embed', 'base', 'meta', 'link', 'form', 'style']);

/** Schemes of addresses that run code, or hold a page of their own, when they are opened. */
const runs = /^\s*(?:javascript|vbscript|data):/i;

const cures = {
  element: 'say it in Markdown, or with a component of the site',
  event: 'take the attribute out: content runs no code',
  address: 'link to a page, or to a file in public/',
};

/**
 * Content runs no code on a reader's machine: no script or frame, no attribute that waits for an event, no address
 * that is a program. Nor has it inline styles, which a strict content security policy refuses.
 */
export const safeHtml: MarkdownStep = (tree, file) => {
  visit(tree, (node) => {
    if (node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement') checkElement(node, file);
    if (node.type === 'link' || node.type === 'image' || node.type === 'definition') {
      checkAddress(node.url, node, file);
    }
    if (node.type === 'html') checkRaw(node.value, node, file);
  });
};

function checkElement(node: JsxElement, file: VFile): void {
  const name = node.name ?? '';
  // A component's attributes are checked by its own table.
  if (!/^[a-z]/.test(name)) return;
  if (active.has(name.toLowerCase())) refuse(`an element <${name}>`, node, file, cures.element);
  for (const attribute of node.attributes) {
    if (attribute.type !== 'mdxJsxAttribute') continue;
    checkAttribute(attribute.name, typeof attribute.value === 'string' ? attribute.value : '', node, file);
  }
}

function checkAttribute(name: string, value: string, where: Where, file: VFile): void {
  if (/^on/i.test(name)) refuse(`an attribute ${name}="…"`, where, file, cures.event);
  if (/^style$/i.test(name)) {
    report(file, 'inline-style', where, `expected a class, found style="${value}"`);
  }
  if (/^(?:href|src|xlink:href|action|srcset)$/i.test(name)) checkAddress(value, where, file);
}

function checkAddress(address: string, where: Where, file: VFile): void {
  // Browsers pass over control characters inside a scheme.
  const bare = address.replace(/[\p{Cc}]/gu, '');
  if (runs.test(bare)) refuse(`the address \`${bare.slice(0, 40)}\``, where, file, cures.address);
}

/** HTML in a Markdown file is text to its parser, so its tags are read here. */
function checkRaw(html: string, where: Where, file: VFile): void {
  for (const [, name = '', attributes = ''] of html.matchAll(
    /<([a-z][\w-]*)((?:"[^"]*"|'[^']*'|[^>"'])*)>?/gi,
  )) {
    if (active.has(name.toLowerCase())) refuse(`an element <${name}>`, where, file, cures.element);
    for (const match of attributes.matchAll(/([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g)) {
      checkAttribute(match[1] ?? '', match[2] ?? match[3] ?? match[4] ?? '', where, file);
    }
  }
}

function refuse(what: string, where: Where, file: VFile, suggestion: string): void {
  report(file, 'html-unsafe', where, `expected content that runs no code, found ${what}`, { suggestion });
}
