import type { List, ListItem, PhrasingContent, RootContent } from 'mdast';
import type { MdxJsxFlowElement } from 'mdast-util-mdx-jsx';
import type { VFile } from 'vfile';
import { nearest } from '../errors/suggest.ts';
import { type ConfigFacts, configRow, configTable } from './config-table.ts';
import { block, inline } from './element.ts';
import { attributeOf, replaceComponent } from './jsx.ts';
import { report } from './report.ts';
import type { MarkdownStep, Scope } from './step.ts';

/** The fields of a config that the page has described so far. */
type Described = Map<string, Set<string>>;

/**
 * `<ConfigFields config="DPOConfig" title="The loss">` with a list `` - `beta`: sentence. `` becomes a table
 * with type and default from the facts. `<ConfigRest config="DPOConfig" />` folds what is left: the inherited
 * fields. A field of the class itself must be described.
 */
export const configFields: MarkdownStep = (tree, file, scope) => {
  const described: Described = new Map();
  const places = new Map<string, MdxJsxFlowElement>();
  replaceComponent(tree, 'ConfigFields', (node) => {
    const config = configOf(node, file, scope);
    if (!config) return undefined;
    const { name } = config.trlClass;
    const isFirst = !described.has(name);
    if (isFirst) places.set(name, node);
    const rows = fieldRows(node, config, described, file);
    return configTable(config, 'fields', rows, {
      ...(isFirst ? { id: name } : {}),
      title: attributeOf(node, 'title'),
    });
  });
  replaceComponent(tree, 'ConfigRest', (node) => {
    const config = configOf(node, file, scope);
    if (!config) return undefined;
    const { name } = config.trlClass;
    if (!places.has(name)) places.set(name, node);
    return restTable(config, described.get(name) ?? new Set());
  });
  for (const [name, place] of places) {
    const own =
      scope.trl.config(name)?.trlClass.fields.filter((field) => field.inherited_from === null) ?? [];
    const missing = own.filter((field) => !described.get(name)?.has(field.name));
    if (missing.length === 0) continue;
    const names = missing.map((field) => `\`${field.name}\``).join(', ');
    report(file, 'config-field-undescribed', place, `no <ConfigFields> describes ${names} of \`${name}\``, {
      warning: scope.current?.verified === false || scope.current?.draft === true,
    });
  }
};

function configOf(node: MdxJsxFlowElement, file: VFile, { trl, current }: Scope): ConfigFacts | undefined {
  const name = attributeOf(node, 'config');
  // The attribute's absence is reported with the other components'.
  if (name === undefined) return undefined;
  const config = trl.config(name);
  if (config) return config;
  const found = trl.resolve(name);
  const suggestion =
    found.kind === 'unknown' && found.suggestion ? `did you mean \`${found.suggestion}\`?` : undefined;
  const warning = current?.verified === false;
  report(file, 'symbol-unknown', node, `TRL has no config class \`${name}\``, { suggestion, warning });
  return undefined;
}

function fieldRows(
  node: MdxJsxFlowElement,
  config: ConfigFacts,
  described: Described,
  file: VFile,
): RootContent[] {
  const { name, fields } = config.trlClass;
  const seen = described.get(name) ?? new Set<string>();
  described.set(name, seen);
  const list = node.children.find((child): child is List => child.type === 'list');
  const items = (list?.children ?? []).map((item) => ({ item, ...itemParts(item) }));
  if (items.length === 0 || node.children.length > 1) {
    const message = `expected one list of \`field\`: sentence in <ConfigFields>, found ${node.children.length} blocks`;
    report(file, 'component-prop', node, message);
  }
  return items.flatMap(({ item, names, sentence }) => {
    if (names.length === 0 || !sentence) {
      report(file, 'component-prop', item, 'expected an item that begins with a field and a colon', {
        suggestion: 'write - `beta`: What it does.',
      });
    }
    return names.flatMap((fieldName) => {
      const field = fields.find((each) => each.name === fieldName);
      if (!field) {
        const meant = nearest(
          fieldName,
          fields.map((each) => each.name),
        );
        const suggestion = meant && `did you mean \`${meant}\`?`;
        // A misspelt field is one mistake, though it also leaves the field undescribed that it means.
        if (meant) seen.add(meant);
        report(file, 'config-field-unknown', item, `\`${name}\` has no field \`${fieldName}\``, {
          suggestion,
        });
        return [];
      }
      if (seen.has(fieldName)) {
        report(file, 'component-prop', item, `the page describes \`${name}.${fieldName}\` twice`);
        return [];
      }
      seen.add(fieldName);
      return [configRow(config, field, structuredClone(sentence ?? []))];
    });
  });
}

/** `` `a`, `b`: sentence `` taken apart. */
function itemParts(item: ListItem): { names: string[]; sentence?: PhrasingContent[] } {
  const [paragraph] = item.children;
  if (paragraph?.type !== 'paragraph') return { names: [] };
  const names: string[] = [];
  for (const [index, child] of paragraph.children.entries()) {
    if (child.type === 'inlineCode') names.push(child.value);
    else if (child.type !== 'text') return { names: [] };
    else if (/^\s*:/.test(child.value) && names.length > 0) {
      const text = { ...child, value: child.value.replace(/^\s*:\s*/, '') };
      return { names, sentence: [text, ...paragraph.children.slice(index + 1)] };
    } else if (!/^\s*,\s*$/.test(child.value)) return { names: [] };
  }
  return { names };
}

/** The inherited fields that the page does not describe, folded. */
function restTable(config: ConfigFacts, described: ReadonlySet<string>): RootContent {
  const rest = config.trlClass.fields.filter(
    (field) => field.inherited_from !== null && !described.has(field.name),
  );
  const rows = rest.map((field) =>
    configRow(config, field, [{ type: 'inlineCode', value: field.inherited_from ?? '' }]),
  );
  const summary = inline('summary', {}, [
    { type: 'text', value: `${rest.length} more fields of ${config.trlClass.name}, inherited` },
  ]);
  // Each field is a record of the search index already.
  return block('details', { className: ['config-rest'], dataPagefindIgnore: '' }, [
    summary,
    configTable(config, 'rest', rows, {}),
  ]);
}
