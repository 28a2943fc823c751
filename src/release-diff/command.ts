import { parseArgs } from 'node:util';
import type { ContentSource } from '../collections/content-source.ts';
import { readContent } from '../collections/read-content.ts';
import { didYouMean } from '../errors/suggest.ts';
import type { Terminal } from '../errors/terminal.ts';
import { compareReleases } from '../trl/release-order.ts';
import { releaseDiff, type Scope } from './release-diff.ts';
import { renderDiffJson, renderDiffMarkdown, renderDiffTerminal } from './render.ts';

const formats = { terminal: renderDiffTerminal, markdown: renderDiffMarkdown, json: renderDiffJson } as const;

const usage = `Usage: npm run diff -- <release> <release> [--trainer <slug> | --all] [--format terminal|markdown|json]

What changed between two releases of TRL whose facts are in the content folder: fields, defaults, types,
arguments, moves, removals, methods, loss types. Without an option: for the trainers that have a page.

  --trainer <slug>  one trainer of the registry
  --all             every trainer and config that TRL has
  --format          terminal unless told
`;

/** `npm run diff`. Returns the exit code: 0 printed, 2 wrong arguments or a release without facts. */
export async function diffCommand(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  terminal: Terminal,
): Promise<number> {
  const refuse = (why: string) => {
    terminal.error(`${why}\n\n${usage}`);
    return 2;
  };
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
  const { values, positionals } = parsed;
  if (values.help) {
    terminal.out(usage);
    return 0;
  }
  const [first, second, ...rest] = positionals;
  if (first === undefined || second === undefined || rest.length > 0) {
    return refuse(`expected two releases, found ${positionals.length}`);
  }
  const render = Object.entries(formats).find(([name]) => name === values.format)?.[1];
  if (!render) {
    const meant = didYouMean(values.format, Object.keys(formats));
    return refuse(`unknown format \`${values.format}\`${meant ? `: ${meant}` : ''}`);
  }
  if (values.all && values.trainer !== undefined) return refuse('expected --trainer or --all, found both');

  const source = await readContent(env.CONTENT_DIR ?? 'content');
  const mistake = mistakeOf(source, first, second, values.trainer);
  if (mistake !== undefined) {
    terminal.error(`${mistake}\n`);
    return 2;
  }
  const scope: Scope =
    values.trainer !== undefined ? { trainer: values.trainer } : values.all ? 'all' : 'documented';
  const [older, newer] = [first, second]
    .sort(compareReleases)
    .map((trl) => allFacts(source).find((facts) => facts.trl === trl));
  if (older && newer) terminal.out(render(releaseDiff(source, older, newer, scope)));
  return 0;
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      trainer: { type: 'string' },
      all: { type: 'boolean', default: false },
      format: { type: 'string', default: 'terminal' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
}

function allFacts({ facts, newerFacts }: ContentSource) {
  return [...newerFacts, ...facts];
}

function mistakeOf(
  source: ContentSource,
  first: string,
  second: string,
  trainer: string | undefined,
): string | undefined {
  const releases = allFacts(source).map(({ trl }) => trl);
  for (const release of [first, second]) {
    if (releases.includes(release)) continue;
    const known = releases.length > 0 ? `it has ${releases.join(', ')}` : 'it has none';
    return `expected a release whose facts are in ${source.dir}/trl, found ${release}; ${known}\nadd it: npm run facts -- --trl ${release}`;
  }
  if (first === second) return `expected two releases, found ${first} twice`;
  const slugs = source.trainers.map(({ slug }) => slug);
  if (trainer === undefined || slugs.includes(trainer)) return undefined;
  return `the registry has no trainer \`${trainer}\`; ${didYouMean(trainer, slugs) ?? `it has ${slugs.join(', ')}`}`;
}
