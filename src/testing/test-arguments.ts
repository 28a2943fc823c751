import { parseArgs } from 'node:util';
import { didYouMean } from '../errors/suggest.ts';

/** What `--only` can name. */
export const testKinds = ['unit', 'site', 'browser', 'python'] as const;
export type TestKind = (typeof testKinds)[number];

export const usage = `usage: npm test -- [--fast] [--only unit,site,browser,python]

  (nothing)  every test: makes .venv, checks, builds dist/, and runs the unit, site, browser and Python tests
  --fast     under a minute: the unit tests and the checks of the content, without a build
  --only     only these tests, and what they need (a build, the Python environment)
`;

/** What `npm test` was asked for, or what is wrong with its arguments. */
export type TestArguments =
  | { run: 'all' | 'fast' | readonly TestKind[] }
  | { help: true }
  | { error: string };

/** Reads the arguments of `npm test`. */
export function parseTestArguments(args: string[]): TestArguments {
  try {
    const { values } = parseArgs({
      args,
      options: {
        fast: { type: 'boolean', default: false },
        only: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.help) return { help: true };
    if (values.fast && values.only !== undefined) return { error: 'expected --fast or --only, found both' };
    if (values.only !== undefined) return parseOnly(values.only);
    return { run: values.fast ? 'fast' : 'all' };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

function parseOnly(list: string): TestArguments {
  const names = list.split(',').map((name) => name.trim());
  for (const name of names) {
    if (testKinds.some((kind) => kind === name)) continue;
    const meant = didYouMean(name, testKinds);
    return {
      error: `expected --only to name some of ${testKinds.join(', ')}, found \`${name}\`${meant ? `: ${meant}` : ''}`,
    };
  }
  return { run: testKinds.filter((kind) => names.includes(kind)) };
}
