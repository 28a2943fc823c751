import { parseArgs } from 'node:util';
import { formatTerminal } from '../errors/format.ts';
import { formatGithub } from '../errors/format-github.ts';
import { formatJson } from '../errors/format-json.ts';
import type { Problem } from '../errors/problem.ts';
import { didYouMean } from '../errors/suggest.ts';

const formats = {
  terminal: formatTerminal,
  json: formatJson,
  github: formatGithub,
} as const satisfies Record<string, (problems: readonly Problem[], options: { color: boolean }) => string>;

export const usage = `usage: npm run check -- [--format terminal|json|github] [--content-only]

  --format        how to write the problems; terminal unless told
  --content-only  only the content: leaves out Biome, Astro's types and Ruff
`;

/** What `npm run check` was asked for, or what is wrong with its arguments. */
export type CheckArguments =
  | { format: (typeof formats)[keyof typeof formats]; contentOnly: boolean; help: boolean }
  | { error: string };

/** Reads the arguments of `npm run check`. */
export function parseCheckArguments(args: string[]): CheckArguments {
  try {
    const { values } = parseArgs({
      args,
      options: {
        format: { type: 'string', default: 'terminal' },
        'content-only': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    const found = Object.entries(formats).find(([name]) => name === values.format);
    if (found) return { format: found[1], contentOnly: values['content-only'], help: values.help };
    const meant = didYouMean(values.format, Object.keys(formats));
    return { error: `unknown format \`${values.format}\`${meant ? `: ${meant}` : ''}` };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
