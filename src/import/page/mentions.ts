import type { InlineCode, Text } from 'mdast';
import type { Edit } from './edits.ts';
import type { LinkTarget } from './targets.ts';

/** A place where the text names a file: `` `reference_guides/DPO_Loss_Reference.md` ``, in code or plainly. */
export interface MentionSite {
  start: number;
  end: number;
  mention: string;
}

const fileName = /(?<![\w./\\!-])(?:\.{0,2}\/)?(?:[\w.-]+\/)*[\w.-]*\w\.(?:md|markdown|py)(?![\w/\\-]|\.\w)/g;

/** The files that a stretch of text, or a piece of inline code as a whole, names. */
export function mentionsIn(text: string, node: Text | InlineCode): MentionSite[] {
  const start = node.position?.start.offset ?? 0;
  const end = node.position?.end.offset ?? 0;
  // A link behind `!` would be a picture.
  if (node.type === 'inlineCode' && text[start - 1] !== '!') {
    const mention = node.value.trim();
    return /^[^\s<>]+\.(?:md|markdown|py)$/.test(mention) ? [{ start, end, mention }] : [];
  }
  if (node.type === 'inlineCode') return [];
  return [...text.slice(start, end).matchAll(fileName)].map(({ 0: mention, index }) => ({
    start: start + index,
    end: start + index + mention.length,
    mention,
  }));
}

/** The mention as a link to the file's page. */
export function mentionEdits({ start, end }: MentionSite, { ref }: LinkTarget): Edit[] {
  return [
    { start, end: start, text: '[' },
    { start: end, end, text: `](/${ref}/)` },
  ];
}

/**
 * `[@name]` is a citation here and text elsewhere: an empty element parts the two signs, which a backslash would
 * not, since it is gone when citations are looked for.
 */
export function citationEdits(text: string, start: number, end: number): Edit[] {
  return [...text.slice(start, end).matchAll(/\[(?=\\?@)/g)].map(({ index }) => {
    const at = start + index + 1;
    return { start: at, end: at, text: '<span></span>' };
  });
}
