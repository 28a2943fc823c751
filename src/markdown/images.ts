import { dirname, join } from 'node:path';
import { visit } from 'unist-util-visit';
import { report } from './report.ts';
import type { MarkdownStep } from './step.ts';

/**
 * An image is a file that is there: beside the page (`./pairs.png`) or, from the root of the site, in public/
 * (`/figures/pairs.svg`). It has a text for those who do not see it.
 */
export const images: MarkdownStep = (tree, file, { exists, current }) => {
  visit(tree, ['image', 'imageReference'], (node) => {
    if ('alt' in node && !node.alt?.trim()) {
      report(file, 'image-alt', node, 'expected what the image shows between `![` and `]`, found nothing');
    }
  });
  visit(tree, ['image', 'definition'], (node) => {
    if (!('url' in node) || /^(?:[a-z][a-z\d+.-]*:|\/\/|#)/i.test(node.url)) return;
    const address = withoutQuery(node.url);
    // A definition may be that of a link.
    if (node.type === 'definition' && !/\.(?:png|jpe?g|gif|webp|avif|svg)$/i.test(address)) return;
    const isFromRoot = address.startsWith('/');
    if (!isFromRoot && !current) {
      report(file, 'image-missing', node, `\`${address}\` is beside no page: this text stands on several`, {
        suggestion: 'put the file into public/, and write its address from the root: `/figures/…`',
      });
      return;
    }
    const path = isFromRoot
      ? join('public', decoded(address))
      : pictureFile(address, dirname(file.path ?? ''));
    if (exists(path)) return;
    report(file, 'image-missing', node, `expected an image at \`${path}\`, found none`);
  });
};

/**
 * The file that an address beside a page names.
 *
 * @param dir folder of the page
 */
export function pictureFile(address: string, dir: string): string {
  return join(dir, decoded(withoutQuery(address)));
}

function withoutQuery(address: string): string {
  return address.replace(/[?#].*$/, '');
}

/** A `%` that begins no escape stands for itself. */
function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
