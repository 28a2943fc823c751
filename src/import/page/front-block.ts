import { parseDocument } from 'yaml';

/**
 * A text that begins with YAML between two `---` lines shows it as code: on a page of this site that place is
 * taken. The lines stay where they are. A line `---` that is only a rule begins no block.
 */
export function showFrontBlock(text: string): string {
  const lines = text.split('\n');
  if (lines[0]?.trimEnd() !== '---') return text;
  const end = lines.findIndex((line, index) => index > 0 && line.trimEnd() === '---');
  if (end < 2) return text;
  const yaml = lines.slice(1, end);
  const document = parseDocument(yaml.join('\n'), { prettyErrors: false });
  const isBlock = document.errors.length === 0 && document.contents?.constructor.name === 'YAMLMap';
  if (!isBlock || yaml.some((line) => line.startsWith('```'))) return text;
  return ['```yaml', ...yaml, '```', ...lines.slice(end + 1)].join('\n');
}
