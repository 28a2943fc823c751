import { existsSync, globSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { Terminal } from '../errors/terminal.ts';
import { buildAccepted, packAccepted } from './build-accepted.ts';
import { makeCase, readOriginals } from './cases.ts';
import { fuzz } from './run.ts';

export const fuzzUsage = `usage: npm run fuzz -- [--count 2000] [--seed 1] [--case <index>] [--no-build]

Breaks the small content of tests/fixtures in as many ways, puts each through the check of the content, and
renders what the check accepts. Each must be refused with an error of the catalogue, or build; a stack trace or
more than 10 s is a find.

  --count     how many broken files
  --seed      another seed gives other files; the same gives the same
  --case      only prints the file of that index
  --no-build  only the check
`;

const content = 'tests/fixtures/content';
const limitMs = 10_000;
const whole = z.coerce.number().int().min(0);

/** The Markdown of the fixtures that has no mistake of its own. */
function markdownBodies(): string[] {
  const found = globSync('tests/fixtures/markdown/*/*.{md,mdx}', {
    exclude: ['tests/fixtures/markdown/content/**'],
  });
  return found
    .filter(
      (file) =>
        !existsSync(file.replace(/(?:\.(?:trainer|fragment|unverified|script))?\.mdx?$/, '.problems.json')),
    )
    .sort();
}

/** `npm run fuzz`. Returns the exit code: 0 nothing found, 1 finds, 2 wrong arguments. */
export async function fuzzCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const request = parseFuzzArguments(args);
  if ('error' in request) {
    terminal.error(`${request.error}\n\n${fuzzUsage}`);
    return 2;
  }
  const { count, seed, only, builds, help } = request;
  if (help) {
    terminal.out(fuzzUsage);
    return 0;
  }
  const bodies = markdownBodies();
  const originals = readOriginals(content, bodies);
  if (only !== undefined) {
    const { path, done, bytes } = makeCase(originals, seed, only);
    terminal.error(`${path}: ${done.join(', ')}\n`);
    terminal.out(bytes.toString('utf8'));
    return 0;
  }

  const verdicts = await fuzz({ content, bodies, seed, count, limitMs });
  const of = (outcome: string) => verdicts.filter((verdict) => verdict.outcome === outcome);
  const finds = [...of('crashed'), ...of('hung')].map(
    ({ index, said }) => `case ${index}: ${said.join('\n')}`,
  );
  const folders = packAccepted(of('accepted').map(({ index }) => makeCase(originals, seed, index)));
  if (builds) {
    for (const overlay of folders) finds.push(...(await buildAccepted(content, overlay, '.build/fuzz')));
    await rm('.build/fuzz', { recursive: true, force: true });
  }
  const codes = new Set(of('refused').flatMap(({ said }) => said));
  const slowest = Math.round(Math.max(0, ...verdicts.map(({ ms }) => ms)));
  terminal.out(
    `seed ${seed}: ${count} broken files: ${of('refused').length} refused with ${codes.size} kinds of error, ` +
      `${of('accepted').length} accepted${builds ? ` and rendered in ${folders.length} sites` : ''}, ` +
      `${finds.length} finds; the slowest check took ${slowest} ms\n`,
  );
  for (const find of finds) terminal.error(`\n${find}\n`);
  return finds.length > 0 ? 1 : 0;
}

function parseFuzzArguments(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        count: { type: 'string', default: '2000' },
        seed: { type: 'string', default: '1' },
        case: { type: 'string' },
        'no-build': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    const numbers = z.object({ count: whole, seed: whole, only: whole.optional() });
    const parsed = numbers.safeParse({ count: values.count, seed: values.seed, only: values.case });
    if (!parsed.success) return { error: 'expected whole numbers for --count, --seed and --case' };
    return { ...parsed.data, builds: !values['no-build'], help: values.help };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
