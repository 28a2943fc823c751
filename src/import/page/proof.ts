import { VFile } from 'vfile';
import { runSteps } from '../../markdown/analyse.ts';
import type { MarkdownContext } from '../../markdown/context.ts';
import { parse } from '../../markdown/parse.ts';
import { codeOf } from '../../markdown/report.ts';
import type { PreparedPage } from './page.ts';
import { firstDanger, firstMissing, visibleOnGithub, visibleText, withoutTags, wordsOf } from './words.ts';

/**
 * The proof at the end: every word and every piece of code of the source is on the page, in order, nothing on it can
 * run, and the site takes it.
 *
 * @param source the author's text
 * @returns what is wrong; undefined for a page that is right
 */
export function flawOf(
  source: string,
  { title, tree: sourceTree }: Pick<PreparedPage, 'title' | 'tree'>,
  body: string,
  context: MarkdownContext,
): string | undefined {
  const file = new VFile(body);
  const tree = parse(file, 'md');
  const danger = firstDanger(tree);
  if (danger !== undefined) return `it would hold \`${short(danger)}\``;
  // Without a dollar sign both read alike.
  const wanted = source.includes('$') ? visibleOnGithub(source) : visibleText(sourceTree);
  const found = visibleText(tree);
  const top = wordsOf(withoutTags(title ?? ''));
  const word = firstMissing(withoutRun(wanted.words, top), found.words);
  if (word !== undefined) return `it would lack the word \`${short(word)}\``;
  const code = firstMissing(
    wanted.code.filter((each) => title === undefined || !title.includes(each) || found.code.includes(each)),
    found.code,
  );
  if (code !== undefined) return `it would lack the code \`${short(code)}\``;
  runSteps(tree, file, context);
  const mistake = file.messages.find((message) => codeOf(message) && message.fatal !== null);
  return mistake && `the site would refuse it: ${mistake.reason}`;
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
