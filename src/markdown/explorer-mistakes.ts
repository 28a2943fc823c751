import type { Root } from 'mdast';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { didYouMean } from '../errors/suggest.ts';
import { explorerNamed, explorers } from '../explorers/registry.ts';
import { attributeOf, type JsxElement } from './jsx.ts';
import { report } from './report.ts';

/** Checks an `<Explorer>`: it is known, its start holds, and it stands once on the page. */
export function checkExplorer(node: JsxElement, file: VFile, placed: Set<string>): void {
  const name = attributeOf(node, 'name') ?? '';
  const names = explorers.map((each) => each.name);
  const record = explorerNamed(name);
  if (!record) {
    const suggestion = didYouMean(name, names) ?? `explorers: ${names.join(', ')}`;
    if (name !== '') report(file, 'component-prop', node, `there is no explorer \`${name}\``, { suggestion });
    return;
  }
  if (placed.has(name)) {
    report(file, 'component-prop', node, `the explorer \`${name}\` stands twice on this page`, {
      suggestion: `link to the first: [...](#explorer-${name})`,
    });
  }
  placed.add(name);
  for (const { message, suggestion } of record.mistakes(attributeOf(node, 'start') ?? '')) {
    report(file, 'component-prop', node, `start of the explorer \`${name}\`: ${message}`, { suggestion });
  }
}

/** Checks links that open an explorer in a state, `/guides/dpo-loss/?loss.losses=ipo#explorer-preference-losses`. */
export function checkExplorerLinks(tree: Root, file: VFile): void {
  visit(tree, ['link', 'definition'], (node) => {
    if (!('url' in node)) return;
    const query = /^\/[^?#]*\?([^#]*)/.exec(node.url)?.[1];
    if (query === undefined) return;
    for (const { name, prefix, mistakes } of explorers) {
      for (const { message, suggestion } of mistakes(query, prefix)) {
        report(file, 'component-prop', node, `link into the explorer \`${name}\`: ${message}`, {
          suggestion,
        });
      }
    }
  });
}
