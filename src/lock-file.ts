import { z } from 'zod';

const lockSchema = z.looseObject({
  lockfileVersion: z.literal(3),
  packages: z.record(z.string(), z.unknown()),
});

/**
 * A lock file from which `npm ci` installs the same packages under every Node: without any `engines`.
 * npm silently leaves out optional packages whose `engines` do not fit the Node that runs npm, and the
 * bundler's native parts are such packages; but here scripts run under the Node that is itself a dependency.
 * Node 18, which comes with Debian 12's npm, got a checkout that could not build.
 * @param text - of package-lock.json
 * @throws when it is no lock file
 */
export function withoutEngines(text: string): string {
  const lock: unknown = JSON.parse(text);
  lockSchema.parse(lock);
  return `${JSON.stringify(lock, (key, value: unknown) => (key === 'engines' ? undefined : value), 2)}\n`;
}
