import { parseArgs } from 'node:util';
import type { ErrorCode } from '../errors/catalogue.ts';
import { errorCodes, isErrorCode } from '../errors/error-code.ts';
import type { FixReport } from '../errors/fix-report.ts';
import { formatTerminal } from '../errors/format.ts';
import { formatGithub } from '../errors/format-github.ts';
import { formatJson } from '../errors/format-json.ts';
import type { Problem } from '../errors/problem.ts';
import { didYouMean } from '../errors/suggest.ts';

/** What a format may use. */
interface FormatOptions {
  color: boolean;
  /** Where the site is published, if that is known. */
  site?: string | undefined;
  /** What `--fix` did. */
  fixes?: FixReport | undefined;
}

const formats = {
  terminal: formatTerminal,
  json: formatJson,
  github: formatGithub,
} as const satisfies Record<string, (problems: readonly Problem[], options: FormatOptions) => string>;

export const usage = `usage: npm run check -- [--format terminal|json|github] [--content-only] [--fix [--dry-run]]
       npm run check -- --explain <code>

  --format        how to write the problems; terminal unless told
  --content-only  only the content: leaves out Biome, Astro's types, Ruff and the JSON Schemas
  --fix           mends in the content what is certain, then says what remains
  --dry-run       with --fix: shows the changes as a diff, writes nothing
  --explain       what a code means, with an example and the cure

CONTENT_DIR names the content, and SITE_URL and BASE_PATH where its site is published: JSON and GitHub
annotations then link to the page of each code.

--format json writes one object, whose JSON Schema is public/schemas/check-report.json:

  { "schema": 1, "errors": 1, "warnings": 0, "files": 1, "problems": [ {
      "code": "trainer-unknown", "severity": "error",
      "file": "content/reference-guides/dpo-loss.mdx", "line": 5, "column": 12, "length": 4,
      "message": "…", "suggestion": "…", "excerpt": "…",
      "cause": "…", "cure": "…", "docs": "errors/trainer-unknown/" } ] }

Exit codes: 0 no error, 1 errors, 2 wrong arguments.
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
  | { explain: ErrorCode }
  | { error: string };

/** Reads the arguments of `npm run check`. */
export function parseCheckArguments(args: string[]): CheckArguments {
  try {
    const { values } = parseArgs({
      args,
      options: {
        format: { type: 'string', default: 'terminal' },
        'content-only': { type: 'boolean', default: false },
        explain: { type: 'string' },
        fix: { type: 'boolean', default: false },
        'dry-run': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.explain !== undefined && !values.help) return codeToExplain(values.explain);
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

function codeToExplain(code: string): CheckArguments {
  if (isErrorCode(code)) return { explain: code };
  const meant = didYouMean(code, errorCodes) ?? `codes: ${errorCodes.join(', ')}`;
  return { error: `there is no error \`${code}\`: ${meant}` };
}
