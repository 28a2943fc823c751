import type { TrlIndex } from '../trl/index.ts';

const table = /<ConfigFields\b[^>]*\bconfig="(?<config>\w+)"[^>]*>(?<list>[\s\S]*?)<\/ConfigFields>/g;
const rest = /<ConfigRest\b[^>]*\bconfig="(?<config>\w+)"/g;
const item = /^\s*[-*]\s+(?<names>`\w+`(?:\s*,\s*`\w+`)*)\s*:/gm;

/**
 * Which annotated page has a row for a config field: the slug by `DPOConfig.beta`, and by `DPOConfig`.
 * Read off the source, since a page may link to a row of a page that is rendered later.
 */
export function documentedFields(
  pages: readonly { id: string; body: string }[],
  trl: TrlIndex,
): Map<string, string> {
  const found = new Map<string, string>();
  const add = (config: string, fields: Iterable<string>, slug: string) => {
    for (const key of [config, ...[...fields].map((field) => `${config}.${field}`)]) {
      if (!found.has(key)) found.set(key, slug);
    }
  };
  for (const { id, body } of pages) {
    for (const { groups } of body.matchAll(table)) {
      const names = [...(groups?.list ?? '').matchAll(item)].map((match) => match.groups?.names ?? '');
      add(groups?.config ?? '', names.flatMap(fieldNames), id);
    }
    for (const { groups } of body.matchAll(rest)) {
      const config = groups?.config ?? '';
      add(config, trl.config(config)?.trlClass.fields.map(({ name }) => name) ?? [], id);
    }
  }
  return found;
}

function fieldNames(names: string): string[] {
  return [...names.matchAll(/\w+/g)].map(([name]) => name);
}
