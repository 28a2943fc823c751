import { parseArgs } from 'node:util';

/** What is to be measured. */
export interface LighthouseRequest {
  /** Addresses on the site without base (`/guides/dpo-loss/`); without any, the heaviest page of each kind. */
  pages: readonly string[];
  /** A file for the figures. */
  json: string | undefined;
  help: boolean;
}

export const lighthouseUsage = `Usage: npm run lighthouse -- [--page <address>]... [--json <file>]

Runs Lighthouse with its mobile preset on the heaviest page of each kind in dist/, served as a host would.
Ends with 1 when a score is below 100. A page whose performance is below is measured three times, and the run in
the middle counts: other work on the machine makes scripts look slow. Takes some ten seconds a page.

  --page <address>  a page to measure instead, such as /guides/dpo-loss/; may be repeated
  --json <file>     write scores and times to a file

Build first: npm run build -- --precompress
`;

/** Reads the command line. Throws TypeError for an option that does not exist. */
export function lighthouseArguments(args: readonly string[]): LighthouseRequest {
  const { values } = parseArgs({
    args: [...args],
    options: {
      page: { type: 'string', multiple: true, default: [] },
      json: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  return { pages: values.page, json: values.json, help: values.help };
}
