import { parseArgs } from 'node:util';
import type { FixReport } from '../errors/fix-report.ts';
import { formatTerminal } from '../errors/format.ts';
import { formatGithub } from '../errors/format-github.ts';
import { formatJson } from '../errors/format-json.ts';
import type { Problem } from '../errors/problem.ts';
import { didYouMean } from '../errors/suggest.ts';

interface FormatOptions {
  color: boolean;
  /** What `--fix` did. */
  fixes?: FixReport | undefined;
}

const formats = {
  terminal: formatTerminal,
  json: formatJson,
  github: formatGithub,
} as const satisfies Record<string, (problems: readonly Problem[], options: FormatOptions) => string>;

export const usage = `usage: npm run check -- [--format terminal|json|github] [--content-only] [--fix [--dry-run]]

  --format        how to write the problems; terminal unless told
  --content-only  only the content: leaves out Biome, Astro's types and Ruff
  --fix           mends in the content what is certain, then says what remains
  --dry-run       with --fix: shows the changes as a diff, writes nothing
`;

/** What `npm run check` was asked for, or what is wrong with its arguments. */
export type CheckArguments =
  | {
      format: (typeof formats)[keyof typeof formats];
      contentOnly: boolean;
      /** Whether to mend what is certain; `dry` only shows it. */
      fix: 'no' | 'dry' | 'write';
      help: boolean;
    }
  | { error: string };

/** Reads the arguments of `npm run check`. */
export function parseCheckArguments(args: string[]): CheckArguments {
  try {
    const { values } = parseArgs({
      args,
      options: {
        format: { type: 'string', default: 'terminal' },
        'content-only': { type: 'boolean', default: false },
        fix: { type: 'boolean', default: false },
        'dry-run': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    const found = Object.entries(formats).find(([name]) => name === values.format);
    const dry = values['dry-run'];
    if (dry && !values.fix) return { error: '`--dry-run` needs `--fix`: a check alone changes nothing' };
    const fix = values.fix ? (dry ? 'dry' : 'write') : 'no';
    if (found) return { format: found[1], contentOnly: values['content-only'], fix, help: values.help };
    const meant = didYouMean(values.format, Object.keys(formats));
    return { error: `unknown format \`${values.format}\`${meant ? `: ${meant}` : ''}` };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
