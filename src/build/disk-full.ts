import { type Problem, problem } from '../errors/problem.ts';
import { AstroError } from './astro.ts';

/** What Node, Rust (the bundler, Pagefind) and signals say when there is no room, and what it means. */
const signs: readonly [said: RegExp, meaning: string, cure?: string][] = [
  [/\bENOSPC\b|no space left on device/i, 'the disk is full'],
  [/\bEDQUOT\b|quota exceeded/i, 'the disk quota is used up'],
  [
    /\bEFBIG\b|file too large|\bSIGXFSZ\b/i,
    'a file would be larger than this process may write',
    'raise the limit: `ulimit -f unlimited`',
  ],
  [/\bEROFS\b|read-only file system/i, 'the disk is read-only', 'build in a folder that may be written to'],
];

/**
 * The problem behind a failed build, when there was no room to write.
 *
 * @param error with its causes; Astro's is known by what it printed
 * @param folder where builds write
 */
export function diskProblem(error: unknown, folder: string): Problem | undefined {
  const said = sayings(error).join('\n');
  const sign = signs.find(([pattern]) => pattern.test(said));
  if (!sign) return undefined;
  const [, meaning, suggestion] = sign;
  const message = `expected to write the site to ${folder}/, found that ${meaning}`;
  return problem(
    'disk-full',
    { file: folder, line: 1, column: 1 },
    message,
    suggestion ? { suggestion } : {},
  );
}

/** What an error and its causes say. */
function sayings(error: unknown): string[] {
  if (!(error instanceof Error)) return [String(error)];
  const output = error instanceof AstroError ? [error.output] : [];
  const code = 'code' in error ? [String(error.code)] : [];
  const cause = error.cause === undefined ? [] : sayings(error.cause);
  return [error.message, ...code, ...output, ...cause];
}
