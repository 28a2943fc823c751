import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrlClass } from '../collections/facts.ts';

/** What a trainer puts its metrics into: `metrics`, `_metrics`, `stats`, `_stored_metrics`. */
const store = String.raw`\b_?(?:stored_)?(?:metrics|stats)`;

const patterns: readonly RegExp[] = [
  // metrics["rewards/chosen"], metrics[f"{prefix}rewards/chosen"], self._metrics[mode]["entropy"]
  new RegExp(String.raw`${store}(?:\[\w+\])?\[f?"(?:\{prefix\})?(?<name>[a-z][\w/]*)"\]`, 'g'),
  // "rewards/chosen": [] in the literal that the store begins as
  /"(?<name>[a-z]\w*(?:\/[a-z]\w*)+)"\s*:/g,
];

/**
 * The names of metrics that a piece of a trainer's source sets under a name of its own, in order of appearance.
 * Names that are put together from variables are not found, and a name found here need not reach the log:
 * the author checks both.
 */
export function metricNames(source: string): string[] {
  const found = patterns.flatMap((pattern) =>
    [...source.matchAll(pattern)].map((match) => ({ name: match.groups?.name ?? '', at: match.index })),
  );
  return [...new Set(found.sort((a, b) => a.at - b.at).map(({ name }) => name.replace(/^eval_/, '')))].filter(
    (name) => !/_sum$|^count\//.test(name),
  );
}

/** The lines of a class in a release's source below one of `folders`; undefined when none has the file. */
export async function classSource(
  { file, lines: [first, last] }: Pick<TrlClass, 'file' | 'lines'>,
  folders: readonly string[],
): Promise<string | undefined> {
  for (const folder of folders) {
    const text = await readFile(join(folder, file), 'utf8').catch(() => undefined);
    if (text !== undefined)
      return text
        .split('\n')
        .slice(first - 1, last)
        .join('\n');
  }
  return undefined;
}
