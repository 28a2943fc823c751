import { parseArgs } from 'node:util';

export const usage = `Usage: npm run new -- <trainer>           the pages of a trainer: annotated trainer, guide, script, distilled file
       npm run new -- --registry <Class>  a registry record of a trainer that TRL has and the registry does not
       npm run new -- --guide <title>     a reference guide
       npm run new -- --path <title>      a learning path

Writes drafts, filled in with what registry and facts know. What an author must write is marked TO WRITE.
Drafts are built by \`npm run dev\`, and by \`npm run build -- --drafts\`. Files that exist are left as they are.

  --content-dir <folder>  content to write into (CONTENT_DIR; content)
  --name <file name>      of a guide or path, instead of one made from the title
  --dry-run               say what would be written, and write nothing
`;

/** What to make. */
export type Wish =
  | { kind: 'trainer'; text: string }
  | { kind: 'registry'; text: string }
  | { kind: 'guide' | 'path'; text: string; name: string | undefined };

export type NewRequest = { help: true } | { help: false; wish: Wish; contentDir: string; dryRun: boolean };

/**
 * Reads the arguments of `npm run new`.
 *
 * @throws TypeError for an option that does not exist, nothing to make, or more than one thing
 */
export function newRequest(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): NewRequest {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      'content-dir': { type: 'string' },
      registry: { type: 'string' },
      guide: { type: 'string' },
      path: { type: 'string' },
      name: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return { help: true };
  const { name } = values;
  if (positionals.length > 1) {
    throw new TypeError(
      `expected one trainer, found ${positionals.length}: put a name of several words in quotes`,
    );
  }
  const wishes: Wish[] = [
    ...positionals.map((text): Wish => ({ kind: 'trainer', text })),
    ...(values.registry === undefined ? [] : [{ kind: 'registry' as const, text: values.registry }]),
    ...(values.guide === undefined ? [] : [{ kind: 'guide' as const, text: values.guide, name }]),
    ...(values.path === undefined ? [] : [{ kind: 'path' as const, text: values.path, name }]),
  ].map((wish) => ({ ...wish, text: wish.text.replace(/\s+/g, ' ').trim() }));
  const [wish, second] = wishes;
  if (!wish) throw new TypeError('expected a trainer, --registry, --guide or --path, found none');
  if (second) throw new TypeError(`expected one thing to make, found ${wish.kind} and ${second.kind}`);
  if (wish.text === '')
    throw new TypeError(`expected a ${wish.kind === 'trainer' ? 'name' : 'title'}, found nothing`);
  if (name !== undefined && (wish.kind === 'trainer' || wish.kind === 'registry')) {
    throw new TypeError('--name goes with --guide and --path: a trainer’s files are named after its slug');
  }
  return {
    help: false,
    wish,
    contentDir: values['content-dir'] ?? env.CONTENT_DIR ?? 'content',
    dryRun: values['dry-run'],
  };
}
