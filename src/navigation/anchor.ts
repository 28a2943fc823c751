/** Words of a sentence that an anchor keeps: enough to tell two questions of a page apart. */
const most = 8;

/** The id of a place that is called by a sentence: `Is beta a temperature?` -> `is-beta-a-temperature`. */
export function anchorOf(sentence: string): string {
  const words = sentence.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.slice(0, most).join('-');
}
