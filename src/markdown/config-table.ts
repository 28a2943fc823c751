import type { PhrasingContent, RootContent } from 'mdast';
import type { ConfigField, Facts, TrlClass } from '../collections/facts.ts';
import { sourceLink } from '../trl/source-link.ts';
import { block, inline } from './element.ts';

/** A config class, and the release it comes from. */
export interface ConfigFacts {
  facts: Facts;
  trlClass: TrlClass;
}

const columns = { fields: 'What it does', rest: 'Inherited from' } as const;

/** A table of config fields: Field, Type, Default, and what the last column of its kind says. */
export function configTable(
  { trlClass }: ConfigFacts,
  kind: keyof typeof columns,
  rows: RootContent[],
  properties: { id?: string; title?: string | undefined },
): RootContent {
  const { id, title } = properties;
  const heads = ['Field', 'Type', 'Default', columns[kind]].map((text) =>
    inline('th', { scope: 'col' }, [{ type: 'text', value: text }]),
  );
  const caption = title === undefined ? [] : [inline('caption', {}, [{ type: 'text', value: title }])];
  return block('div', { className: ['config-table'], dataConfig: trlClass.name, ...(id ? { id } : {}) }, [
    block('table', {}, [...caption, block('thead', {}, [inline('tr', {}, heads)]), block('tbody', {}, rows)]),
  ]);
}

/**
 * The row of a field, with the id `DPOConfig.beta` that links lead to.
 *
 * @param last the content of the last column
 */
export function configRow(config: ConfigFacts, field: ConfigField, last: PhrasingContent[]): RootContent {
  const { facts, trlClass } = config;
  const code: PhrasingContent = { type: 'inlineCode', value: field.name };
  const name: PhrasingContent = {
    type: 'link',
    url: sourceLink(facts.tag, trlClass.file, trlClass.lines),
    data: { hProperties: { className: ['symbol'], dataTrl: facts.trl } },
    children: [code],
  };
  // The lines of the class do not show what transformers declares.
  const isShown = field.inherited_from === null || field.overrides;
  return inline('tr', { id: `${trlClass.name}.${field.name}` }, [
    inline('th', { scope: 'row' }, [isShown ? name : code]),
    inline('td', {}, typeCell(field)),
    inline('td', {}, defaultCell(field, facts)),
    inline('td', {}, last),
  ]);
}

function typeCell({ type, choices }: ConfigField): PhrasingContent[] {
  const code: PhrasingContent = { type: 'inlineCode', value: type };
  if (!choices || choices.length === 0) return [code];
  const values = choices.map((choice) => (typeof choice === 'string' ? `'${choice}'` : String(choice)));
  return [
    code,
    ...note(['one of ', ...values.flatMap((value, index) => (index > 0 ? [', ', value] : [value]))]),
  ];
}

/** The default, and transformers' own where TRL changes it. */
function defaultCell(field: ConfigField, facts: Facts): PhrasingContent[] {
  if (field.default === null) return [{ type: 'text', value: 'required' }];
  const code: PhrasingContent = { type: 'inlineCode', value: field.default };
  const shared = facts.shared.TrainingArguments.find(({ name }) => name === field.name);
  if (!shared || shared.default === null || shared.default === field.default) return [code];
  return [code, ...note(['transformers: ', shared.default])];
}

/** Words and, at every other place, code. */
function note(parts: string[]): PhrasingContent[] {
  const nodes = parts.map(
    (value, index): PhrasingContent => ({ type: index % 2 === 0 ? 'text' : 'inlineCode', value }),
  );
  return [{ type: 'text', value: ' ' }, inline('span', { className: ['config-note'] }, nodes)];
}
