import type { RootContent } from 'mdast';
import { paragraph, strong } from './nodes.ts';

/**
 * Raw HTML as plain Markdown. What only lays the page out goes; the summary of a folded answer stays as a label.
 *
 * @param folded leaves `<details>` as it is
 */
export function plainHtml(value: string, folded: boolean): RootContent[] {
  const rest = value.replace(/<\/?div\b[^>]*>|<!--[\s\S]*?-->/g, '').trim();
  if (folded) return rest === '' ? [] : [{ type: 'html', value: rest }];
  const [, summary] = /^<details\b[^>]*>\s*<summary>([\s\S]*?)<\/summary>$/.exec(rest) ?? [];
  if (summary !== undefined) return [paragraph(strong(`${summary.trim()}.`))];
  const inner = rest.replace(/<\/?details\b[^>]*>/g, '').trim();
  return inner === '' ? [] : [{ type: 'html', value: inner }];
}
