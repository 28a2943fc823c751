import { parseFrontmatter } from '@astrojs/markdown-remark';
import { z } from 'zod';
import { type Problem, problem } from '../errors/problem.ts';

const yamlError = z.object({
  reason: z.string(),
  mark: z.object({ line: z.number(), column: z.number() }).optional(),
});

/**
 * What Astro reads at the top of an entry, with a parser of its own: it ends the block at the first line that
 * begins with `---`, and refuses or reads otherwise some YAML that ours accepts.
 *
 * @param yaml the frontmatter as we found it
 * @returns its data, or the problem that the build would have met
 */
export function astroFrontmatter(
  text: string,
  file: string,
  yaml: string,
): { data?: unknown; problems: Problem[] } {
  const refused = (line: number, column: number, message: string, suggestion?: string) => ({
    problems: [
      problem('frontmatter-syntax', { file, line, column }, message, suggestion ? { suggestion } : {}),
    ],
  });
  try {
    const { frontmatter, rawFrontmatter } = parseFrontmatter(text);
    if (rawFrontmatter.trim() === yaml.trim()) return { data: frontmatter, problems: [] };
    const line = Math.max(1, rawFrontmatter.trimEnd().split('\n').length + 1);
    return refused(
      line,
      1,
      'expected `---` at the beginning of a line only where the frontmatter ends, found it here',
      'indent the line, or put the value in quotes',
    );
  } catch (error) {
    const { data } = yamlError.safeParse(error);
    if (!data) throw error;
    const hidden = yaml.split('').findIndex((each) => /\p{Cc}/u.test(each) && !'\t\n'.includes(each));
    if (hidden >= 0) {
      const before = yaml.slice(0, hidden).split('\n');
      const found = yaml.charCodeAt(hidden).toString(16).padStart(4, '0').toUpperCase();
      const message = `expected text, found the control character U+${found}`;
      const column = (before.at(-1)?.length ?? 0) + 1;
      return refused(before.length + 1, column, message, 'delete it, and write the word anew');
    }
    return refused((data.mark?.line ?? 0) + 1, (data.mark?.column ?? 0) + 1, data.reason);
  }
}
