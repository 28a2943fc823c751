import { toWrite } from '../collections/unfinished.ts';
import type { HeadText } from './entry-text.ts';
import { wrapped } from './python-text.ts';

/** `[tool.tutorial]` of a draft and its dependencies, as the PEP 723 block of a script. */
export function scriptHeader(head: HeadText, dependencies: readonly string[]): string[] {
  const line = (key: string, value: unknown) => `${key} = ${JSON.stringify(value)}`;
  const list = (key: string, items: readonly string[]) => [
    `${key} = [`,
    ...items.map((item) => `  ${JSON.stringify(item)},`),
    ']',
  ];
  const toml = [
    'requires-python = ">=3.11"',
    ...list('dependencies', dependencies),
    '',
    '[tool.tutorial]',
    `# ${toWrite('title, question and summary are made from the registry; reword them.')}`,
    line('title', head.title),
    ...longText('question', head.question),
    ...longText('summary', head.summary),
    line('trainers', head.trainers),
    line('difficulty', head.difficulty),
    ...list('prerequisites', head.prerequisites),
    `# ${toWrite('what the script covers; STATUS lists it.')}`,
    ...list('covers', head.covers),
    ...(head.papers.length > 0 ? [line('papers', head.papers)] : []),
    line('next', head.next),
    `# ${toWrite('what nobody checked, and nothing else.')}`,
    ...list('unchecked', head.unchecked),
    '# Built by `npm run dev`, and by `npm run build -- --drafts`.',
    'draft = true',
    '',
    `# ${toWrite('plots, bugs, variants and recipes, once the script has them: see the other scripts.')}`,
    '[tool.tutorial.hardware]',
    '"Default run" = "Time and memory not measured."',
  ];
  return ['# /// script', ...toml.map((each) => `# ${each}`.trimEnd()), '# ///'];
}

/** A string of TOML, over several lines where one would be too long: a backslash joins them. */
function longText(key: string, text: string): string[] {
  const quoted = JSON.stringify(text).slice(1, -1);
  const opening = `${key} = """`;
  if (quoted.length + key.length < 90) return [`${key} = "${quoted}"`];
  const lines = wrapped(quoted, 92 - opening.length);
  return lines.map((line, index) => {
    const end = index === lines.length - 1 ? '"""' : ' \\';
    return `${index === 0 ? opening : '  '}${line}${end}`;
  });
}
