import type { Paragraph } from 'mdast';
import type { Edit } from './edits.ts';
import { isLabels } from './metadata.ts';

/**
 * Lines of bold labels (`**File**: …`), one below the other in the source, stay one below the other: a line break
 * before each that begins with a label.
 */
export function labelEdits(text: string, paragraph: Paragraph): Edit[] {
  if (!isLabels(paragraph)) return [];
  return paragraph.children.flatMap((node, index) => {
    const start = node.position?.start.offset;
    const before = paragraph.children[index - 1];
    if (node.type !== 'strong' || start === undefined || before?.type === 'break' || index === 0) return [];
    const at = /[ \t]*\n[>\s]*$/.exec(text.slice(0, start))?.index;
    return at === undefined ? [] : [{ start: at, end: at, text: '  ' }];
  });
}
