import { visit } from 'unist-util-visit';
import type { ClaimedIds } from '../collections/content-source.ts';
import { nearest } from '../errors/suggest.ts';
import { report } from './report.ts';
import type { MarkdownStep } from './step.ts';

/** `/guides/dpo-loss/#gradient`: a page that an author wrote. Files (`/examples/x.py`) have a dot. */
const page = /^\/(?<section>trainers|guides|examples|paths)\/(?<id>[^/?#.]+)(?<slash>\/?)(?<rest>[?#].*)?$/;

/** `dpo-loss.mdx`, `../reference-guides/dpo-loss.md#gradient`: the file of a page in place of its address. */
const sourceFile = /^(?![a-z][a-z\d+.-]*:|\/).*?(?<stem>[^/]+)\.mdx?(?<rest>[?#].*)?$/i;

/**
 * Links to pages that an author wrote lead to one that is there. Other addresses of the site, and anchors, are
 * checked in the built site.
 */
export const linkTargets: MarkdownStep = (tree, file, { claimed }) => {
  const pages = [...claimed.entries, ...[...claimed.paths].map((slug) => `paths/${slug}`)];
  visit(tree, ['link', 'definition'], (node) => {
    if (!('url' in node)) return;
    const groups = page.exec(node.url)?.groups;
    if (groups) {
      const { section = '', id = '', slash, rest = '' } = groups;
      const ref = `${section}/${id}`;
      if (!isClaimed(claimed, section, ref, id)) {
        const meant = nearest(ref, pages);
        const suggestion = meant && `did you mean \`/${meant}/${rest}\`?`;
        report(file, 'link-broken', node, `there is no page \`/${ref}/\``, { suggestion });
      } else if (slash === '') {
        const suggestion = `write \`/${ref}/${rest}\``;
        report(file, 'link-broken', node, 'expected a slash at the end of the address', { suggestion });
      }
      return;
    }
    const { stem, rest = '' } = sourceFile.exec(node.url)?.groups ?? {};
    if (stem === undefined) return;
    const meant = pages.find((ref) => ref.endsWith(`/${stem.toLowerCase()}`));
    report(file, 'link-broken', node, `expected the address of a page, found the file \`${node.url}\``, {
      suggestion: `write \`/${meant ?? 'guides/<id>'}/${rest}\``,
    });
  });
};

function isClaimed(claimed: Pick<ClaimedIds, 'entries' | 'paths'>, section: string, ref: string, id: string) {
  return section === 'paths' ? claimed.paths.has(id) : claimed.entries.has(ref);
}
