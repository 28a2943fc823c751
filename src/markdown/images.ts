import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { visit } from 'unist-util-visit';
import { report } from './report.ts';
import type { MarkdownStep } from './step.ts';

/**
 * A picture beside its page is there. Astro takes such an address for a file to bundle, and stops without a
 * place when there is none; the addresses of public/ and of other hosts are checked in the built site.
 */
export const images: MarkdownStep = (tree, file) => {
  visit(tree, ['image', 'definition'], (node) => {
    if (node.type !== 'image' && node.type !== 'definition') return;
    if (node.type === 'definition' && !isPicture(node.url)) return;
    const isBundled = node.url !== '' && !/^(?:[a-z][a-z\d+.-]*:|\/|#)/i.test(node.url);
    if (!isBundled) return;
    const path = file.path === undefined ? undefined : join(dirname(file.path), decoded(node.url));
    if (path !== undefined && existsSync(path)) return;
    report(file, 'asset-missing', node, `expected a picture at \`${node.url}\` beside the page, found none`, {
      suggestion: 'put it there, or into public/ and write its address with a `/` in front',
    });
  });
};

function isPicture(url: string): boolean {
  return /\.(?:png|jpe?g|gif|svg|webp|avif)$/i.test(url);
}

function decoded(url: string): string {
  try {
    return decodeURI(url);
  } catch {
    return url;
  }
}
