import {
  firstDanger,
  firstMissing,
  siteTree,
  visibleOnGithub,
  visibleOnSite,
  withoutTags,
  wordsOf,
} from './words.ts';

/**
 * The proof at the end: every word and every piece of code of the source is on the page, in order, and nothing on
 * it can run.
 *
 * @param source the author's text
 * @param title the heading that left the text for the top of the page; undefined when all headings stayed
 * @returns what is wrong; undefined for a page that is right
 */
export function flawOf(source: string, title: string | undefined, body: string): string | undefined {
  const tree = siteTree(body);
  const danger = firstDanger(tree);
  if (danger !== undefined) return `it would hold \`${short(danger)}\``;
  const wanted = visibleOnGithub(source);
  const found = visibleOnSite(tree);
  const top = wordsOf(withoutTags(title ?? ''));
  const word = firstMissing(withoutRun(wanted.words, top), found.words);
  if (word !== undefined) return `it would lack the word \`${short(word)}\``;
  const code = firstMissing(
    wanted.code.filter((each) => title === undefined || !title.includes(each) || found.code.includes(each)),
    found.code,
  );
  return code === undefined ? undefined : `it would lack the code \`${short(code)}\``;
}

/** Words without the first place where `run` stands in them, whole. */
function withoutRun(words: readonly string[], run: readonly string[]): readonly string[] {
  if (run.length === 0) return words;
  const start = words.findIndex((_, index) => run.every((word, offset) => words[index + offset] === word));
  return start < 0 ? words : words.toSpliced(start, run.length);
}

function short(text: string): string {
  return text.replace(/\s+/g, ' ').slice(0, 60);
}
