import type { Html, Parents } from 'mdast';
import { type Edit, escapeMarkdown } from './edits.ts';
import { beginsBlock, keptName, tagText, voids } from './html-tags.ts';
import { escapeHtml, type HtmlToken, htmlTokens } from './html-tokens.ts';

/** A node of raw HTML: a whole block, or one tag of a paragraph. */
export interface HtmlNode {
  node: Html;
  parent: Parents;
}

/** What became of a piece of raw HTML, for the report. */
export interface HtmlChange {
  offset: number;
  what: string;
}

/** Finds where an address leads: the address to write, or undefined for one that cannot be followed. */
export type HrefOf = (url: string, offset: number) => string | undefined;

interface HtmlOptions {
  hrefOf: HrefOf;
  /** The id to write for an author's id; undefined for one that the page cannot have. */
  idOf(id: string): string | undefined;
}

interface PlacedToken extends HtmlToken {
  site: HtmlNode;
  isFlow: boolean;
  /** The element that it becomes; undefined for one that is shown as text. */
  kept: string | undefined;
  partner: PlacedToken | undefined;
  /** What was made of it; of an opening tag before its closing one. */
  written: Written | undefined;
}

interface Written {
  text: string;
  asText?: boolean;
  /** The element that the text is a tag of. */
  element?: string;
}

const flowParents = new Set(['root', 'blockquote', 'listItem', 'footnoteDefinition']);

/** All tags of a page with their partners: an opening and a closing tag in one parent, rightly nested. */
export function placeTags(text: string, sites: readonly HtmlNode[]): Map<Html, PlacedToken[]> {
  const placed = new Map<Html, PlacedToken[]>();
  const open: PlacedToken[] = [];
  for (const site of sites) {
    const { source } = stretch(text, site.node);
    const isFlow = flowParents.has(site.parent.type);
    const tokens = htmlTokens(source).map(
      (token): PlacedToken => ({
        ...token,
        site,
        isFlow,
        kept: token.kind === 'tag' ? keptName(token.name, isFlow) : undefined,
        partner: undefined,
        written: undefined,
      }),
    );
    placed.set(site.node, tokens);
    for (const token of tokens) {
      if (token.kept === undefined || voids.has(token.name)) continue;
      if (!token.closing) {
        open.push(token);
        continue;
      }
      const at = open.findLastIndex(
        ({ name, site: { parent } }) => name === token.name && parent === site.parent,
      );
      const opening = open[at];
      if (!opening) continue;
      opening.partner = token;
      token.partner = opening;
      open.length = at;
    }
  }
  return placed;
}

/**
 * What a node of raw HTML becomes. A block that begins with a tag that is kept stays HTML; one that begins with
 * another is shown as code, to the character; in a paragraph such a tag is shown as text. Comments go.
 */
export function htmlEdits(
  text: string,
  { node, parent }: HtmlNode,
  tokens: readonly PlacedToken[],
  options: HtmlOptions,
): { edits: Edit[]; changes: HtmlChange[] } {
  const { start, end, source } = stretch(text, node);
  const isFlow = flowParents.has(parent.type);
  const changes: HtmlChange[] = [];
  const shown = tokens.map((token) => {
    const offset = start + token.start;
    const written = writeToken(token, offset, options);
    token.written = written;
    if (token.kind === 'comment')
      changes.push({ offset, what: 'a comment, which no reader sees, is left out' });
    else if (written.asText)
      changes.push({
        offset,
        what: `\`${source.slice(token.start, token.end).slice(0, 60)}\` is shown as text`,
      });
    return written;
  });
  const edits = tokens.map((token, index) => ({
    start: start + token.start,
    end: start + token.end,
    text: shown[index]?.text ?? '',
  }));
  if (!isFlow) return { edits, changes };

  const rest = tokens.reduceRight(
    (left, token) => left.slice(0, token.start) + left.slice(token.end),
    source,
  );
  const isEmpty = rest.trim() === '' && shown.every(({ text }) => text === '');
  if (isEmpty) return { edits: [{ start, end, text: '' }], changes };
  const [first] = tokens;
  if (first?.start === 0 && shown[0]?.element !== undefined && beginsBlock(shown[0].element))
    return { edits, changes };
  if (shown.some(({ asText }) => asText) || /\n[>\s]*\n/.test(source)) {
    return { edits: [{ start, end, text: asCode(text, start, source) }], changes };
  }
  const wrapped = [{ start, end: start, text: '<div>' }, ...edits, { start: end, end, text: '</div>' }];
  return { edits: wrapped, changes };
}

function writeToken(token: PlacedToken, offset: number, { hrefOf, idOf }: HtmlOptions): Written {
  const { kind, source, name, kept, partner, isFlow, attributes, closing } = token;
  if (kind === 'comment') return { text: '' };
  const literal = (value: string) => (isFlow ? escapeHtml(value) : escapeMarkdown(value));
  if (name === 'img' && !closing) {
    return { text: literal(attributes.get('alt') || (attributes.get('src') ?? '')) };
  }
  if (kept === undefined || (!voids.has(name) && !partner && !isArranging(kept))) {
    return { text: literal(source), asText: true };
  }
  // An element that only arranged the text is not missed.
  if (!voids.has(name) && !partner) return { text: '' };
  if (closing) return partner?.written?.element ? { text: `</${kept}>`, element: kept } : { text: '' };
  const id = idOf(attributes.get('id') ?? (kept === 'a' ? attributes.get('name') : undefined) ?? '');
  if (kept !== 'a') return { text: tagText(kept, attributes, { id }), element: kept };
  const target = attributes.get('href');
  const href = target === undefined ? undefined : hrefOf(target, offset);
  if (href === undefined && id === undefined) return { text: '' };
  return { text: tagText('a', attributes, { id, href }), element: 'a' };
}

function isArranging(kept: string): boolean {
  return kept === 'div' || kept === 'span';
}

function stretch(text: string, node: Html): { start: number; end: number; source: string } {
  const start = node.position?.start.offset ?? 0;
  const end = node.position?.end.offset ?? 0;
  return { start, end, source: text.slice(start, end) };
}

/** A fence with the lines as they stand, inside of the quote or list that they stand in. */
function asCode(text: string, start: number, source: string): string {
  const prefix = text.slice(text.lastIndexOf('\n', start - 1) + 1, start).replace(/[^>\s]/g, ' ');
  const ticks = '`'.repeat(Math.max(2, ...(source.match(/`+/g) ?? []).map(({ length }) => length)) + 1);
  return `${ticks}html\n${prefix}${source}\n${prefix}${ticks}`;
}
