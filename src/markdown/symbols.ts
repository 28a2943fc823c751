import type { Link } from 'mdast';
import { SKIP, visitParents } from 'unist-util-visit-parents';
import type { Resolution } from '../trl/index.ts';
import { report } from './report.ts';
import type { MarkdownStep, Scope } from './step.ts';

type Found = Extract<Resolution, { kind: 'found' }>;

/**
 * Inline code that names something of TRL is looked up in the facts and becomes a link: to the row of a config
 * table or the page of a trainer when the site has one, else to the lines at the release's tag. A name that
 * does not exist is a mistake. In headings and links a symbol is only looked up: links do not nest.
 */
export const symbols: MarkdownStep = (tree, file, scope) => {
  visitParents(tree, 'inlineCode', (node, ancestors) => {
    const found = scope.trl.resolve(node.value, scope.current?.trainer);
    // A name without a place was put there by a step, and is reported where its author wrote it.
    if (found.kind === 'unknown' && node.position) {
      const warning = scope.current?.verified === false;
      const release = scope.trl.newest?.trl ?? '';
      report(file, 'symbol-unknown', node, `TRL ${release} has no \`${node.value}\``, {
        suggestion: suggestionOf(found, node.value),
        warning,
      });
    }
    const parent = ancestors.at(-1);
    if (found.kind !== 'found' || !parent) return undefined;
    if (ancestors.some(({ type }) => type === 'link' || type === 'linkReference' || type === 'heading')) {
      return undefined;
    }
    const className = ['symbol', ...(found.current ? [] : ['removed'])];
    const link: Link = {
      type: 'link',
      url: addressOf(found, scope),
      data: { hProperties: { className, dataTrl: found.trl } },
      children: [node],
    };
    const siblings: unknown[] = parent.children;
    siblings.splice(siblings.indexOf(node), 1, link);
    return SKIP;
  });
};

/** Where a reader learns most about a symbol. */
export function addressOf(found: Found, { annotated, current, documented }: Scope): string {
  const row = documented(found.symbol);
  if (row !== undefined)
    return current?.ref === `trainers/${row}` ? `#${found.symbol}` : `/trainers/${row}/#${found.symbol}`;
  const { trainer, field, member, config } = found;
  const isClass = field === undefined && member === undefined && config === undefined;
  const hasPage = trainer !== undefined && annotated.has(trainer);
  if (isClass && hasPage && current?.ref !== `trainers/${trainer}`) return `/trainers/${trainer}/`;
  return found.href;
}

function suggestionOf(
  unknown: Extract<Resolution, { kind: 'unknown' }>,
  written: string,
): string | undefined {
  if (unknown.lastIn !== undefined) {
    const bare = written.slice(written.lastIndexOf('.') + 1);
    return `it was last in TRL ${unknown.lastIn}: write \`${bare}\` without its class`;
  }
  return unknown.suggestion && `did you mean \`${unknown.suggestion}\`?`;
}
