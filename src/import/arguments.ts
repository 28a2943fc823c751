import { parseArgs } from 'node:util';

export const importUsage = `Usage: npm run import -- <folder> --out <content folder> [options]

Takes in a folder of trainer tutorials (Markdown and Python) and makes a content folder of it, which builds at once:
CONTENT_DIR=<content folder> npm run build. The text is kept; what the pinned TRL does not have is reported with
file, line and what replaced it. Every page is marked as not verified. The source is never written to.

  --out <folder>   the content folder to make
  --force          replace a content folder that is there
  --dry-run        make nothing: say what would be made, and report
  --math           turn formulas in plain fences into TeX where that is certain, and report each line
  --report <file>  write everything that was found as JSON

Registry and facts come from the generator's own content, or from CONTENT_DIR.
`;

/** What `npm run import` was asked for. */
export interface ImportArguments {
  folder: string;
  out: string;
  force: boolean;
  dryRun: boolean;
  math: boolean;
  report: string | undefined;
}

/**
 * Reads the command line.
 *
 * @returns 'help' when that is asked for
 * @throws TypeError for an option that does not exist, and for a folder too few or too many
 */
export function importArguments(args: readonly string[]): ImportArguments | 'help' {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      out: { type: 'string' },
      force: { type: 'boolean', default: false },
      'dry-run': { type: 'boolean', default: false },
      math: { type: 'boolean', default: false },
      report: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return 'help';
  const [folder, ...more] = positionals;
  if (!folder || more.length > 0)
    throw new TypeError(`expected one folder to import, found ${positionals.length}`);
  if (!values.out) throw new TypeError('expected --out with the content folder to make, found none');
  if (values.report === '') throw new TypeError('expected a file after --report, found none');
  const { out, force, math, report } = values;
  return { folder, out, force, dryRun: values['dry-run'], math, report };
}
