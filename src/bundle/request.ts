import { parseArgs } from 'node:util';

export const bundleUsage = `Usage: npm run bundle -- [--out <file.zip>]

Packs the site in dist/ into one zip that reads from any file server: python3 -m http.server.
It packs what the last good build left (npm run build), and refuses a dist/ that was changed since.

  --out <file>  the zip to write; without it annotated-trainers-trl-<release>-<build>.zip, here
`;

/** What `npm run bundle` was asked for. */
export interface BundleRequest {
  out: string | undefined;
  help: boolean;
}

/** Reads the command line. Throws TypeError for what it does not know. */
export function bundleRequest(args: readonly string[]): BundleRequest {
  const { values } = parseArgs({
    args: [...args],
    options: { out: { type: 'string' }, help: { type: 'boolean', short: 'h', default: false } },
  });
  if (values.out !== undefined && !values.out.endsWith('.zip')) {
    throw new TypeError(`expected --out to name a file that ends in .zip, found "${values.out}"`);
  }
  return { out: values.out, help: values.help };
}
