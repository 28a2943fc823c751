import type { Definition, Heading, Html, Nodes, Paragraph, Parents, Root } from 'mdast';
import { toString as textContent } from 'mdast-util-to-string';
import { visitParents } from 'unist-util-visit-parents';
import type { Trainer } from '../../collections/trainer.ts';
import { type Problem, problem } from '../../errors/problem.ts';
import type { ImportFile } from '../import-file.ts';
import { limits } from '../source/limits.ts';
import { type SettledText, settleDollars } from './dollars.ts';
import { applyEdits, type Edit } from './edits.ts';
import { fenceEdits } from './fence-edits.ts';
import { showFrontBlock } from './front-block.ts';
import { headingEdits } from './heading-edits.ts';
import { type HtmlNode, htmlEdits, placeTags } from './html.ts';
import { labelEdits } from './label-edits.ts';
import { isLinkNode, type LinkSite, linkEdits } from './link-edits.ts';
import { citationEdits, type MentionSite, mentionEdits, mentionsIn } from './mentions.ts';
import { type PageMetadata, pageMetadata, titleHeading } from './metadata.ts';
import { freeId, outline } from './outline.ts';
import { destinationOf, type LinkTarget, type Targets } from './targets.ts';

/** A Markdown text that was read and understood; its links wait for the other pages. */
export interface PreparedPage {
  metadata: PageMetadata;
  /** The heading that left the text for the top of the page. */
  title: string | undefined;
  /** The author's text as it was parsed. */
  tree: Root;
  target: LinkTarget;
  finish(targets: Targets): FinishedPage;
}

export interface FinishedPage {
  body: string;
  problems: Problem[];
  /** Links to other pages of the import: those the author wrote, and those that mentions became. */
  links: { written: number; mentions: number };
}

/** The text cannot become a page; the message says why. */
export class UnreadablePage extends Error {}

/**
 * Reads a Markdown text and plans its page: what the site would read otherwise than GitHub does is rewritten so
 * that it reads alike, everything else stays to the character.
 *
 * @param file its `ref` is given
 * @throws UnreadablePage for a text that nests deeper than the limit
 */
export function preparePage(file: ImportFile & { ref: string }, trainer: Trainer | undefined): PreparedPage {
  const settled = settleDollars(showFrontBlock(file.text));
  const { text, tree } = settled;
  const parts = collect(tree, text);
  const title = titleHeading(tree);
  const headings = outline(parts.headings, title);
  const tags = placeTags(text, parts.html);
  const ids = htmlIds(parts.html, tags);
  const titleAnchor = title && outline(parts.headings, undefined)[parts.headings.indexOf(title)]?.anchor;
  const anchors = new Map([
    ...[...ids].map((id): [string, string] => [id, freeId(id)]),
    ...headings.map(({ anchor, explicitId }): [string, string] => [anchor, explicitId ?? anchor]),
    ...(titleAnchor === undefined ? [] : [[titleAnchor, freeId(titleAnchor)] as const]),
  ]);
  const target = { path: file.path, ref: file.ref, anchors };
  const fixed = [
    ...headings.flatMap((heading) => headingEdits(text, heading)),
    ...(title ? [titleEdit(title, freeId(titleAnchor ?? ''))] : []),
    ...parts.paragraphs.flatMap((node) => labelEdits(text, node)),
    ...parts.fences.flatMap((node) => fenceEdits(text, node)),
    ...parts.texts.flatMap(({ start, end }) => citationEdits(text, start, end)),
  ];
  return {
    title: title && textContent(title),
    tree,
    metadata: pageMetadata(tree, { path: file.path, role: file.role, trainer }),
    target,
    finish: (targets) => finish({ file, settled, parts, tags, target, fixed, ids }, targets),
  };
}

/** The title left the text for the top of the page; its anchor stays where it was. */
function titleEdit({ position }: Heading, id: string): Edit {
  const start = position?.start.offset ?? 0;
  return { start, end: position?.end.offset ?? start, text: id === '' ? '' : `<div id="${id}"></div>` };
}

interface Parts {
  headings: Heading[];
  paragraphs: Paragraph[];
  html: HtmlNode[];
  links: LinkSite[];
  mentions: MentionSite[];
  fences: Extract<Nodes, { type: 'code' }>[];
  texts: { start: number; end: number }[];
}

function collect(tree: Root, text: string): Parts {
  const parts: Parts = {
    headings: [],
    paragraphs: [],
    html: [],
    links: [],
    mentions: [],
    fences: [],
    texts: [],
  };
  const addresses = new Map<string, string>();
  visitParents(tree, 'definition', ({ identifier, url }: Definition) => {
    if (!addresses.has(identifier)) addresses.set(identifier, url);
  });
  visitParents(tree, (node, ancestors: Parents[]) => {
    if (ancestors.length > limits.nesting) {
      throw new UnreadablePage(`it nests more than ${limits.nesting} quotes, lists and marks in each other`);
    }
    const parent = ancestors.at(-1);
    const insideLink = ancestors.some(({ type }) => type === 'link' || type === 'linkReference');
    const isFree = !insideLink && !ancestors.some(({ type }) => type === 'heading');
    const start = node.position?.start.offset ?? 0;
    const end = node.position?.end.offset ?? 0;
    if (node.type === 'heading') parts.headings.push(node);
    else if (node.type === 'paragraph') parts.paragraphs.push(node);
    else if (node.type === 'html' && parent) parts.html.push({ node, parent });
    else if (node.type === 'code') parts.fences.push(node);
    else if (isLinkNode(node)) {
      const url = 'url' in node ? node.url : (addresses.get(node.identifier) ?? '');
      parts.links.push({ node, insideLink, url });
    } else if (node.type === 'text' || node.type === 'inlineCode') {
      if (node.type === 'text') parts.texts.push({ start, end });
      if (isFree) parts.mentions.push(...mentionsIn(text, node));
    }
  });
  return parts;
}

/** Ids that the author gave in HTML, each once. */
function htmlIds(sites: readonly HtmlNode[], tags: ReturnType<typeof placeTags>): Set<string> {
  const found = sites.flatMap(({ node }) =>
    (tags.get(node) ?? []).flatMap(({ kind, closing, kept, name, partner, attributes }) => {
      if (kind !== 'tag' || closing || kept === undefined || !partner) return [];
      return attributes.get('id') ?? (name === 'a' ? attributes.get('name') : undefined) ?? [];
    }),
  );
  return new Set(found.filter((id) => /^[\p{L}\p{N}_.:-]+$/u.test(id)));
}

interface Plan {
  file: ImportFile;
  settled: SettledText;
  parts: Parts;
  tags: Map<Html, Parameters<typeof htmlEdits>[2]>;
  target: LinkTarget;
  fixed: readonly Edit[];
  ids: ReadonlySet<string>;
}

function finish({ file, settled, parts, tags, target, fixed, ids }: Plan, targets: Targets): FinishedPage {
  const { text } = settled;
  const problems: Problem[] = [];
  const links = { written: 0, mentions: 0 };
  const tell = (offset: number, message: string) => {
    const place = { file: file.shown, ...placeOf(offset, settled) };
    problems.push(problem('import-changed', place, message, { severity: 'warning' }));
  };
  const lead = (url: string, offset: number, what: string) => {
    const where = destinationOf(url, target, targets);
    if (where.kind === 'page') links.written += 1;
    if (where.kind === 'page' && where.note) tell(offset, where.note);
    if (where.kind === 'nowhere')
      tell(
        offset,
        `${what} to \`${url.slice(0, 80)}\` leads nowhere, so only its words stay: ${where.reason}`,
      );
    return where;
  };

  const unused = new Set([...ids].filter((id) => !headingIds(fixed).has(id)));
  const idOf = (id: string) => (unused.delete(id) ? freeId(id) : undefined);
  const hrefOf = (url: string, offset: number) => {
    const where = lead(url, offset, 'a link');
    return where.kind === 'kept' ? url : where.kind === 'page' ? where.url : undefined;
  };
  const edits: Edit[] = [...fixed];
  for (const site of parts.html) {
    const made = htmlEdits(text, site, tags.get(site.node) ?? [], { hrefOf, idOf });
    edits.push(...made.edits);
    for (const { offset, what } of made.changes) tell(offset, what);
  }
  for (const site of parts.links) {
    const offset = site.node.position?.start.offset ?? 0;
    const isImage = site.node.type === 'image' || site.node.type === 'imageReference';
    const where = isImage ? pictureDestination(site.url) : destinationOf(site.url, target, targets);
    if (isImage) {
      tell(
        offset,
        `the picture \`${site.url.slice(0, 80)}\` is not taken in; ${where.kind === 'kept' ? 'a link leads to it' : 'its description stays'}`,
      );
    } else if (site.node.type === 'definition') {
      // Its references are counted and reported.
    } else lead(site.url, offset, 'the link');
    edits.push(...linkEdits(text, site, where));
  }
  for (const site of parts.mentions) {
    const mentioned = targets.byMention(site.mention, target.path);
    if (!mentioned || mentioned === targets.byPath(target.path)) continue;
    links.mentions += 1;
    edits.push(...mentionEdits(site, mentioned));
  }
  return { body: applyEdits(text, edits), problems, links };
}

function headingIds(edits: readonly Edit[]): Set<string> {
  return new Set(edits.flatMap(({ text }) => /<(?:a|div) id="([^"]+)">/.exec(text)?.[1] ?? []));
}

function pictureDestination(url: string): ReturnType<typeof destinationOf> {
  if (/^https?:\/\//i.test(url) && URL.canParse(url)) return { kind: 'kept' };
  return { kind: 'nowhere', reason: 'pictures are not taken in' };
}

/** Line and column of an offset in the author's file: backslashes that were put in do not count. */
function placeOf(offset: number, { text, inserted }: SettledText): { line: number; column: number } {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const added = inserted.filter((at) => at >= lineStart && at < offset).length;
  return { line: text.slice(0, offset).split('\n').length, column: offset - lineStart + 1 - added };
}
