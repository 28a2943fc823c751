import { stringify } from 'yaml';
import type { PageMetadata } from './page/metadata.ts';

/** An entry of the made content folder. */
export interface EntryFile {
  /** Below the content folder: `reference-guides/dpo-loss-reference.md`. */
  path: string;
  text: string;
}

/** Where the file of a page lies: `.md`, since MDX would run what stands in braces. */
export function pagePath(ref: string): string {
  const [section, id] = ref.split('/');
  if (section === 'examples') return `example-scripts/${id?.replaceAll('-', '_')}.py`;
  return `${section === 'trainers' ? 'annotated-trainers' : 'reference-guides'}/${id}.md`;
}

/** A page's file: frontmatter, and the text below. */
export function pageText(
  metadata: PageMetadata,
  { trainers, unchecked, body }: { trainers: readonly string[]; unchecked: string; body: string },
): string {
  const { title, question, summary, difficulty, covers } = metadata;
  const data = {
    title,
    question,
    summary,
    trainers,
    difficulty,
    covers,
    verified: false,
    unchecked: [unchecked],
  };
  const yaml = stringify(data, { lineWidth: 0, defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN' });
  return `---\n${yaml}---\n${body.startsWith('\n') ? '' : '\n'}${body.trimEnd()}\n`;
}

/** What the strip at a page's top says that nobody checked; Markdown. */
export function provenance(path: string): string {
  const what = 'this page, which was imported as it stood';
  return /^[\w./ -]+$/.test(path) ? `${what} from \`${path}\`` : what;
}
