import type { Emphasis, Heading, PhrasingContent, RootContent } from 'mdast';
import { toString as textContent } from 'mdast-util-to-string';
import { SKIP, visitParents } from 'unist-util-visit-parents';
import { paperUrl } from '../collections/paper.ts';
import { explorerAnchor } from '../explorers/record.ts';
import { explorerNamed } from '../explorers/registry.ts';
import { attributeOf } from '../markdown/jsx.ts';
import { leadIn, whenNotId } from '../markdown/when-not.ts';
import { resolve } from '../markdown-twin/resolve.ts';
import { type MarkdownSite, type TwinPage, twinScope } from '../markdown-twin/scope.ts';
import { cellsOf } from '../markdown-twin/script.ts';
import { anchorOf } from '../navigation/anchor.ts';
import { kindLabels } from '../navigation/page.ts';
import { firstSentence } from './first-sentence.ts';
import { inlineHtml } from './inline-html.ts';
import type { Previews } from './preview.ts';
import { explorerPreview } from './record-previews.ts';
import { scriptPreviews } from './script-previews.ts';

/** A heading of the rendered page. */
interface RenderedHeading {
  depth: number;
  slug: string;
  text: string;
}

/**
 * The places of an entry page that links lead to: the page, its headings, regions, config tables and their
 * rows, and the papers of its list.
 *
 * @param headings as Astro rendered them: they have the ids
 */
export function entryPreviews(
  page: TwinPage,
  headings: readonly RenderedHeading[],
  site: MarkdownSite,
): Previews {
  const { context, source } = site;
  const script = source.scripts.find(({ ref }) => ref === page.ref);
  const text = script ? cellsOf(script, twinScope(site, page)) : page.body;
  const { tree, cited } = resolve(text, /\.mdx$/.test(page.file) ? 'mdx' : 'md', page.file, context);
  const html = (nodes: readonly PhrasingContent[]) => inlineHtml(nodes, context);
  const { title, question, summary, papers } = page.data;
  const plain = (value: string) => html([{ type: 'text', value }]);
  const found: Previews = {
    '': {
      kind: `${kindLabels[page.kind]} · ${page.minutes} min`,
      title: plain(title),
      text: plain(`${question} ${summary}`),
    },
  };
  for (const id of new Set([...papers, ...cited])) {
    const paper = context.papers.get(id);
    if (!paper) continue;
    const at = paper.reference ?? (paperUrl(paper) ?? '').replace(/^https?:\/\/(?:www\.)?/, '');
    found[`paper-${id}`] = {
      kind: 'Paper',
      title: plain(paper.title),
      text: plain(`${paper.short}, ${paper.year}. ${at}`),
    };
  }
  if (script) Object.assign(found, scriptPreviews(script, site));

  const ids = headings.map(({ slug }) => slug);
  /** Places whose first sentence comes with the next paragraph. */
  let waiting: string[] = [];
  const place = (id: string, kind: string, name: readonly PhrasingContent[]) => {
    found[id] = { kind, title: html(name), text: '' };
    waiting.push(id);
  };
  visitParents(tree, (node, ancestors) => {
    if (node.type === 'heading') {
      const id = ids.shift();
      waiting = [];
      if (id !== undefined && isShown(node)) place(id, title, node.children);
      return SKIP;
    }
    if (node.type === 'mdxJsxFlowElement') {
      const ask = node.name === 'Question' ? attributeOf(node, 'ask') : undefined;
      if (ask !== undefined) place(`ask-${anchorOf(ask)}`, 'Question', [{ type: 'text', value: ask }]);
      const explorer = node.name === 'Explorer' ? explorerNamed(attributeOf(node, 'name') ?? '') : undefined;
      if (explorer) found[explorerAnchor(explorer.name)] = explorerPreview(explorer, context);
      return undefined;
    }
    if (node.type === 'blockquote') {
      const id = idOf(node);
      const name = id?.replace(/^region-/, '');
      if (id !== undefined && name !== id) place(id, 'Code and its explanation', [code(name ?? '')]);
      else if (id !== undefined && /Config$/.test(id)) {
        found[id] = { kind: 'Config class', title: html([code(id)]), text: configText(id, site) };
      }
      return undefined;
    }
    if (node.type === 'emphasis') {
      const id = idOf(node);
      if (id === undefined) return undefined;
      found[id] = {
        kind: `Config field, TRL ${releaseOf(id, site)}`,
        title: html([code(id)]),
        text: rowText(node, html),
      };
      return SKIP;
    }
    if (node.type === 'paragraph' && page.kind === 'annotated' && leadIn.test(textContent(node))) {
      const text = html(firstSentence(node.children));
      found[whenNotId] ??= { kind: title, title: 'When not to use it', text };
    }
    if (node.type === 'paragraph' && waiting.length > 0 && !isHead(node)) {
      const first = html(firstSentence(node.children));
      for (const id of waiting) {
        const known = found[id];
        if (known) known.text = first;
      }
      waiting = [];
      return SKIP;
    }
    // A figure or a table is no sentence.
    return node.type === 'table' || ancestors.length > 8 ? SKIP : undefined;
  });
  return found;
}

function isShown({ depth }: Heading): boolean {
  return depth >= 2 && depth <= 4;
}

function code(value: string): PhrasingContent {
  return { type: 'inlineCode', value };
}

/** The id that a Markdown step gave an element. */
function idOf({ data }: RootContent): string | undefined {
  const properties = data && 'hProperties' in data ? data.hProperties : undefined;
  return typeof properties?.id === 'string' ? properties.id : undefined;
}

/** The line above a region's code: where it stands, what it mirrors. */
function isHead({ data }: RootContent): boolean {
  const properties = data && 'hProperties' in data ? data.hProperties : undefined;
  const { className } = properties ?? {};
  return Array.isArray(className) && className.includes('region-head');
}

/** `Default 0.1. What it does.`; of an inherited field, the class that it comes from. */
function rowText(row: Emphasis, html: (nodes: readonly PhrasingContent[]) => string): string {
  const [, , standard, last] = row.children.flatMap((cell) => ('children' in cell ? [cell.children] : []));
  const isRequired = standard?.[0]?.type === 'text' && standard[0].value === 'required';
  const value = isRequired ? 'Required' : `Default ${html(standard ?? [])}`;
  const isClass = last?.length === 1 && last[0]?.type === 'inlineCode';
  return `${value}. ${isClass ? `Inherited from ${html(last)}.` : html(last ?? [])}`;
}

function configText(name: string, { context }: MarkdownSite): string {
  const config = context.trl.config(name);
  if (!config) return '';
  const { fields } = config.trlClass;
  const own = fields.filter((field) => field.inherited_from === null).length;
  return `${own} fields of its own, ${fields.length - own} inherited, in TRL ${config.facts.trl}.`;
}

function releaseOf(field: string, { context }: MarkdownSite): string {
  return context.trl.config(field.replace(/\..*$/, ''))?.facts.trl ?? '';
}
