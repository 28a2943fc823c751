import type { Edit } from './edits.ts';
import type { OutlinedHeading } from './outline.ts';

/** A heading on its level, written with `#` signs, with its id behind it where it needs one. */
export function headingEdits(text: string, { node, depth, explicitId }: OutlinedHeading): Edit[] {
  const start = node.position?.start.offset ?? 0;
  const end = node.position?.end.offset ?? 0;
  const first = node.children[0]?.position?.start.offset;
  const last = node.children.at(-1)?.position?.end.offset;
  // Nothing to read and nothing to link to.
  if (first === undefined || last === undefined) return [{ start, end, text: '' }];
  const signs = '#'.repeat(depth);
  const id = explicitId === undefined ? '' : ` <a id="${explicitId}"></a>`;
  if (text[start] === '#') {
    const own = /^#+/.exec(text.slice(start))?.[0].length ?? 1;
    return [
      { start, end: start + own, text: signs },
      { start: last, end: last, text: id },
    ];
  }
  // Underlined: its lines become one, and signs at the end would be read as closing ones.
  const breaks = [...text.slice(first, last).matchAll(/\n[>\s]*/g)].map(({ 0: found, index }) => ({
    start: first + index,
    end: first + index + found.length,
    text: ' ',
  }));
  const closing = id === '' && text[last - 1] === '#' ? [{ start: last - 1, end: last - 1, text: '\\' }] : [];
  return [{ start, end: start, text: `${signs} ` }, ...breaks, ...closing, { start: last, end, text: id }];
}
