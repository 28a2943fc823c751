import type { PhrasingContent } from 'mdast';
import { toString as textContent } from 'mdast-util-to-string';

/** The end of a sentence: its sign, and closing marks, before white space or the end of the text. */
const end = /[.!?][)\]"”’]*(?=\s|$)/;

/** Labels of a region's text; any other belongs to the sentence that follows it. */
const houseLabel = /^(What|How|Why|If you change it)[.:]$/;

/**
 * Phrasing up to the end of its first sentence. A label in front (`**All rewards equal.**`) is no sentence, and
 * those of regions are left out; emphasis that ends with a full stop ends the sentence too.
 */
export function firstSentence([first, ...rest]: readonly PhrasingContent[]): PhrasingContent[] {
  if (!first) return [];
  if (first.type === 'strong' && rest.length > 0 && /[.:?!]$/.test(textContent(first))) {
    return [...(houseLabel.test(textContent(first)) ? [] : [first]), ...firstSentence(rest)];
  }
  if (first.type === 'text') {
    const match = end.exec(first.value);
    if (match) return [{ ...first, value: first.value.slice(0, match.index + match[0].length) }];
  } else if ('children' in first && /[.!?]$/.test(textContent(first))) {
    return [first];
  }
  return [first, ...firstSentence(rest)];
}
