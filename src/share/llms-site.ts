import type { EntryData } from '../collections/entry.ts';
import type { Coverage } from '../coverage/report-schema.ts';
import { type MarkdownSite, pageUrl, siteUrl } from '../markdown-twin/scope.ts';
import { familyLabels } from '../navigation/families.ts';
import type { PathView } from '../navigation/learning-paths.ts';
import { kindLabels, type NavPage } from '../navigation/page.ts';
import type { Sidebar } from '../navigation/sidebar.ts';
import type { LlmsHead, LlmsLink, LlmsSection } from './llms.ts';
import { siteName } from './site-name.ts';

interface IndexedPage extends NavPage {
  data: Pick<EntryData, 'title' | 'trainers' | 'summary'>;
}

/** What the index is made from. */
interface IndexedSite extends MarkdownSite {
  sidebar: Sidebar<IndexedPage>;
  paths: readonly Pick<PathView, 'slug' | 'title' | 'for_whom'>[];
  coverage: Pick<Coverage, 'trl'>;
}

/** What stands above the sections of llms.txt and llms-full.txt. */
export function llmsHead({ coverage }: Pick<IndexedSite, 'coverage'>): LlmsHead {
  const release = coverage.trl ? ` (release ${coverage.trl})` : '';
  return {
    title: siteName,
    summary: `How the trainers of Hugging Face TRL${release} work: losses derived, distilled code explained, scripts that run.`,
    details:
      'Each page begins with what was checked, against which release, and, where something was not, what nobody checked. A trainer that left TRL is described for the last release that has it. Formulas are TeX between dollar signs.',
  };
}

/** Families in their order, each page once: the Markdown twins; then what has no twin. */
export function llmsSections(site: IndexedSite): LlmsSection[] {
  const listed = new Set<string>();
  const linkOf = (page: IndexedPage): LlmsLink[] => {
    if (listed.has(page.ref)) return [];
    listed.add(page.ref);
    const { title, summary } = page.data;
    return [
      { title, url: `${pageUrl(page.ref, site)}index.md`, note: `${kindLabels[page.kind]}. ${summary}` },
    ];
  };
  const families = site.sidebar.groups.map(({ family, trainers }) => ({
    title: `${familyLabels[family].name} trainers`,
    links: trainers.flatMap(({ pages }) => pages.flatMap(linkOf)),
  }));
  return [
    ...families,
    { title: 'Across trainers', links: site.sidebar.general.flatMap(linkOf) },
    {
      title: 'Learning paths',
      links: site.paths.map(({ slug, title, for_whom }) => ({
        title,
        url: pageUrl(`paths/${slug}`, site),
        note: for_whom,
      })),
    },
    { title: 'Optional', links: further(site) },
  ];
}

/** By the format, what may be left out where the context is short. */
function further(site: IndexedSite): LlmsLink[] {
  return [
    ['All pages in one text', 'llms-full.txt', 'every page above as Markdown, in this order'],
    ['Trainers', 'trainers/', 'every trainer of TRL: what it learns from, what it holds in memory'],
    ['Quick reference', 'reference/', 'loss, key arguments and a minimal script of each documented trainer'],
    ['Glossary', 'glossary/', 'terms and notation'],
    ['Status', 'STATUS.md', 'what is documented and what was checked, as Markdown'],
    ['Status as data', 'status.json', 'the same as JSON'],
    ['Feed', 'rss.xml', 'new and changed pages'],
  ].map(([title = '', path = '', note = '']) => ({ title, url: siteUrl(path, site), note }));
}
