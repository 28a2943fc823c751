import type { Definition, Image, ImageReference, Link, LinkReference, Nodes, Parents } from 'mdast';
import { type Edit, escapeMarkdown } from './edits.ts';
import type { Destination } from './targets.ts';

export type LinkNode = Link | LinkReference | Definition | Image | ImageReference;

/** A node of a link, with what its rewriting needs to know of its place. */
export interface LinkSite {
  node: LinkNode;
  insideLink: boolean;
  /** The address; of a reference, that of its definition. */
  url: string;
}

/** Whether a node is a link or a part of one. */
export function isLinkNode(node: Nodes): node is LinkNode {
  return ['link', 'linkReference', 'definition', 'image', 'imageReference'].includes(node.type);
}

/** The link as it stands on the page: led to the page of a file, or only its words when it leads nowhere. */
export function linkEdits(text: string, { node, insideLink, url }: LinkSite, where: Destination): Edit[] {
  const start = node.position?.start.offset ?? 0;
  const end = node.position?.end.offset ?? 0;
  if (node.type === 'image' || node.type === 'imageReference') {
    const words = escapeMarkdown(node.alt || url.slice(url.lastIndexOf('/') + 1) || 'image');
    const isLink = where.kind === 'kept' && !insideLink && /^https?:/i.test(url);
    return [
      { start, end, text: isLink ? `[${words}](<${url.replace(/[<>\s]/g, encodeURIComponent)}>)` : words },
    ];
  }
  if (node.type === 'definition') {
    if (where.kind === 'kept') return [];
    // A footnote-like line that leads nowhere is not seen by readers either.
    const label = /^\[(?:\\.|[^\]\\])*\]:/.exec(text.slice(start, end))?.[0];
    return [{ start, end, text: where.kind === 'page' && label ? `${label} ${where.url}` : '' }];
  }
  if (where.kind === 'kept') return [];
  const inner = innerOf(node);
  if (text[start] !== '[' || !inner) {
    if (where.kind === 'page') return [{ start, end, text: `[${escapeMarkdown(url)}](${where.url})` }];
    return [{ start, end, text: escapeMarkdown(text.slice(start, end).replace(/^<|>$/g, '')) }];
  }
  if (where.kind === 'nowhere') {
    return [
      { start, end: start + 1, text: '' },
      { start: inner.end, end, text: '' },
    ];
  }
  if (node.type === 'linkReference') return [];
  const title = node.title ? ` "${node.title.replace(/["\\]/g, '\\$&').replace(/\n/g, ' ')}"` : '';
  return [{ start: inner.end, end, text: `](${where.url}${title})` }];
}

function innerOf({ children }: Parents): { start: number; end: number } | undefined {
  const start = children[0]?.position?.start.offset;
  const end = children.at(-1)?.position?.end.offset;
  return start === undefined || end === undefined ? undefined : { start, end };
}
