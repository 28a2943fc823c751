import type { Root } from 'mdast';
import remarkFrontmatter from 'remark-frontmatter';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { catalogue, type ErrorCode } from './catalogue.ts';
import { errorCode } from './error-code.ts';
import { type ExampleEdit, parseEdit } from './example-edit.ts';
import { type ErrorGroup, errorGroups } from './groups.ts';

/**
 * What checks an example: the content check, the check of the built site, a command line with CONTENT_DIR, a tool, or
 * the import of a folder of tutorials. See tests/unit/errors/run-example.ts.
 */
export const exampleRuns = ['content', 'site', 'command', 'tool', 'import'] as const;

const group = z.custom<ErrorGroup>(
  (value) => typeof value === 'string' && Object.hasOwn(errorGroups, value),
  {
    error: ({ input }) =>
      `expected a group (${Object.keys(errorGroups).join(', ')}), found ${JSON.stringify(input)}`,
  },
);

const head = z.strictObject({
  group,
  related: z.array(errorCode).default([]),
  /** Valid files to lay over the valid content before the example: folders of tests/fixtures/. */
  with: z.array(z.string()).default([]),
  run: z.enum(exampleRuns).default('content'),
  /** The command that prints the example's output; by default the one that `run` stands for. */
  command: z.string().optional(),
});

/** The page of an error: why the check exists, and an example whose output a test compares. */
export interface Explanation extends z.output<typeof head> {
  code: ErrorCode;
  cause: string;
  cure: string;
  /** Markdown. */
  why: string;
  edits: readonly ExampleEdit[];
  /** What `npm run check` prints for the example, or for the site's examples `npm run build`. */
  output: string;
}

/** The folder that an example's files lie in, as messages show it; empty for the root of the generator. */
export function folderOf({ run }: Pick<Explanation, 'run'>): string {
  if (run === 'site') return 'dist';
  if (run === 'import') return 'tutorials';
  return run === 'tool' ? '' : 'content';
}

/** The file of an edit as messages name it. */
export function shownFile(
  explanation: Explanation,
  { file, to }: ExampleEdit,
  form: 'broken' | 'mended',
): string {
  if (file === 'shell') return 'in the terminal';
  const folder = folderOf(explanation);
  const name = form === 'mended' ? (to ?? file) : file;
  return folder === '' ? name : `${folder}/${name}`;
}

/** The command that finds the mistake of an example. */
export function commandOf({ run, command }: Explanation): string {
  if (command !== undefined) return command;
  if (run === 'import') return 'npm run import -- tutorials --out content';
  return run === 'site' ? 'npm run build' : 'npm run check';
}

const markdown = unified().use(remarkParse).use(remarkFrontmatter).freeze();

/**
 * Reads an explanation.
 *
 * @param text frontmatter (`head`), Markdown that says why, and the example: fences
 *   ```` ```diff file="reference-guides/x.mdx" ````, with `-` before the broken lines and `+` before the mended
 * @throws Error that names what is wrong with the file
 */
export function parseExplanation(name: ErrorCode, text: string, output: string): Explanation {
  const tree = markdown.parse(text);
  const [first] = tree.children;
  if (first?.type !== 'yaml') throw new Error(`${name}.md: expected frontmatter`);
  const parsed = head.safeParse(parseYaml(first.value));
  if (!parsed.success) throw new Error(`${name}.md: ${z.prettifyError(parsed.error)}`);
  return {
    code: name,
    ...catalogue[name],
    ...parsed.data,
    why: proseOf(tree, text),
    edits: editsOf(tree),
    output,
  };
}

function editsOf({ children }: Root): ExampleEdit[] {
  return children.flatMap((node) => {
    if (node.type !== 'code' || node.lang !== 'diff') return [];
    const attribute = (name: string) => new RegExp(`\\b${name}=(["'])(.*?)\\1`).exec(node.meta ?? '')?.[2];
    return [
      parseEdit(node.value, {
        file: attribute('file') ?? '',
        to: attribute('to'),
        as: attribute('as'),
        over: attribute('over'),
      }),
    ];
  });
}

function proseOf({ children }: Root, text: string): string {
  return children
    .filter((node) => node.type !== 'yaml' && !(node.type === 'code' && node.lang === 'diff'))
    .map(({ position }) => text.slice(position?.start.offset, position?.end.offset))
    .join('\n\n');
}
