import type { EntryData } from '../collections/entry.ts';
import type { PageKind } from '../coverage/report-schema.ts';
import type { Crumb } from '../navigation/breadcrumbs.ts';
import { difficultyText } from '../navigation/page.ts';
import type { ShareCard } from './card.ts';

/** A node of JSON-LD. Undefined values are left out of the text. */
export interface Thing {
  '@type': string;
  [property: string]: unknown;
}

/** What every page says about itself. Addresses are whole. */
export interface DescribedPage {
  title: string;
  description: string;
  url: string;
  /** The picture of the page. */
  image: string;
}

/** The site, as author and publisher. */
export interface DescribedSite {
  name: string;
  url: string;
  /** Licence of the content; undefined where nobody said. */
  license: string | undefined;
}

/** An annotated trainer, a guide or a script. */
export interface DescribedEntry extends DescribedPage {
  kind: PageKind;
  data: Pick<EntryData, 'covers' | 'difficulty'>;
  minutes: number;
  /** Days of the first and of the last commit, as `2026-11-24`. */
  published: string | undefined;
  updated: string | undefined;
  card: Pick<ShareCard, 'trainer' | 'release'>;
}

const levels: Record<number, 'Beginner' | 'Expert'> = { 1: 'Beginner', 4: 'Expert' };

/**
 * An entry page: a script is a learning resource, the others are technical articles. `proficiencyLevel` knows two
 * words, so pages between first steps and research go without it.
 *
 * @see https://schema.org/TechArticle
 * @see https://schema.org/LearningResource
 */
export function entryThing(entry: DescribedEntry, site: DescribedSite): Thing {
  const { kind, data, title, updated, published, card } = entry;
  const common = {
    ...pageProperties(entry, site),
    datePublished: published,
    dateModified: updated,
    timeRequired: `PT${entry.minutes}M`,
    about: aboutTrl(card),
    educationalLevel: difficultyText(data.difficulty),
  };
  if (kind === 'script')
    return {
      '@type': 'LearningResource',
      name: title,
      learningResourceType: 'Example script',
      ...common,
      teaches: data.covers,
    };
  return {
    '@type': 'TechArticle',
    headline: title,
    ...common,
    proficiencyLevel: levels[data.difficulty],
    dependencies: card.release && `TRL ${card.release}`,
  };
}

/** A learning path with its steps. @see https://schema.org/LearningResource */
export function pathThing(
  path: DescribedPage & { minutes: number; steps: readonly { name: string; url: string }[] },
  site: DescribedSite,
): Thing {
  return {
    '@type': 'LearningResource',
    name: path.title,
    learningResourceType: 'Learning path',
    ...pageProperties(path, site),
    timeRequired: `PT${path.minutes}M`,
    hasPart: path.steps.map((step) => ({ '@type': 'CreativeWork', ...step })),
  };
}

/**
 * The home page: the site, and how to search it.
 *
 * @see https://schema.org/SearchAction
 * @see https://developers.google.com/search/docs/advanced/structured-data/sitelinks-searchbox
 */
export function siteThing(page: DescribedPage, site: DescribedSite): Thing {
  return {
    '@type': 'WebSite',
    name: site.name,
    ...pageProperties(page, site),
    potentialAction: {
      '@type': 'SearchAction',
      target: { '@type': 'EntryPoint', urlTemplate: `${site.url}search/?q={search_term_string}` },
      'query-input': 'required name=search_term_string',
    },
  };
}

/** Any other page. @see https://schema.org/WebPage */
export function pageThing(page: DescribedPage, site: DescribedSite): Thing {
  return {
    '@type': 'WebPage',
    name: page.title,
    ...pageProperties(page, site),
    isPartOf: { '@type': 'WebSite', name: site.name, url: site.url },
  };
}

/** The way to a page as its breadcrumbs show it, and the page itself. @see https://schema.org/BreadcrumbList */
export function breadcrumbThing(crumbs: readonly Crumb[], title: string, site: DescribedSite): Thing {
  const items = crumbs.map(({ label, path }) => ({
    name: label,
    item: `${site.url}${path.replace(/^\//, '')}`,
  }));
  return {
    '@type': 'BreadcrumbList',
    itemListElement: [...items, { name: title }].map((item, index) => ({
      '@type': 'ListItem',
      position: index + 1,
      ...item,
    })),
  };
}

/** The text of a script element: nothing in it can end the element or open a comment. */
export function jsonLd(things: readonly Thing[]): string {
  const text = JSON.stringify({ '@context': 'https://schema.org', '@graph': things });
  return text.replaceAll('<', '\\u003c');
}

function pageProperties({ description, url, image }: DescribedPage, site: DescribedSite) {
  const id = `${site.url}#publisher`;
  return {
    description,
    url,
    image,
    inLanguage: 'en',
    isAccessibleForFree: true,
    license: site.license,
    author: { '@type': 'Organization', '@id': id, name: site.name, url: site.url },
    publisher: { '@id': id },
  };
}

function aboutTrl({ trainer, release }: DescribedEntry['card']): Thing | undefined {
  return release === undefined
    ? undefined
    : {
        '@type': 'SoftwareSourceCode',
        name: trainer ? `TRL ${trainer}` : 'TRL',
        codeRepository: 'https://github.com/huggingface/trl',
        version: release,
      };
}
