import type { ContentSource } from './content-source.ts';
import { recordedOutput } from './recorded-output.ts';
import { scriptMarkdown } from './script.ts';

/** The Markdown of a page: its body; of a script, its cells with what they printed. */
export function pageText(
  { ref, body }: { ref: string; body: string },
  { scripts, runs }: Pick<ContentSource, 'scripts' | 'runs'>,
): string {
  const script = scripts.find((each) => each.ref === ref);
  return script ? scriptMarkdown(script, recordedOutput(runs, script.body, script.id)) : body;
}
