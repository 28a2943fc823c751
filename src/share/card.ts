import type { ContentSource } from '../collections/content-source.ts';
import type { Family } from '../collections/family.ts';
import { pinnedRelease } from '../collections/pinned-release.ts';
import { kindLabels, trainerOf } from '../navigation/page.ts';
import { siteClaim } from './site-name.ts';

/** What the picture of a page says, where a link to the page is shown. */
export interface ShareCard {
  title: string;
  /** `Annotated trainer`; undefined for a page of the site itself. */
  kind: string | undefined;
  /** The class that the page is about: `DPOTrainer`. */
  trainer: string | undefined;
  family: Family | undefined;
  /** The release of TRL that the page is held to; undefined for a page that is not about TRL. */
  release: string | undefined;
}

type Records = Pick<ContentSource, 'annotated' | 'guides' | 'scripts' | 'trainers'>;

/**
 * The card of a page.
 *
 * @param ref address below the root without slashes at its ends: `trainers/dpo`, `glossary`, empty for home
 * @param title as the page's head has it
 */
export function cardOf(ref: string, title: string, source: Records): ShareCard {
  const pinned = pinnedRelease(source.trainers);
  const plain = { title, kind: undefined, trainer: undefined, family: undefined, release: pinned };
  // Its title is the site's name, which each picture has on top.
  if (ref === '') return { ...plain, title: siteClaim };
  if (/^errors(\/|$)/.test(ref)) return { ...plain, kind: 'For authors', release: undefined };
  if (ref.startsWith('paths/')) return { ...plain, kind: 'Learning path' };
  const kinds = { annotated: source.annotated, guide: source.guides, script: source.scripts };
  for (const kind of ['annotated', 'guide', 'script'] as const) {
    const entry = kinds[kind].find((each) => each.ref === ref);
    if (!entry) continue;
    const trainer = trainerOf({ ref, kind, data: entry.data }, source.trainers);
    return {
      title,
      kind: kindLabels[kind],
      trainer: trainer?.class,
      family: trainer?.family,
      release: trainer?.facts ?? pinned,
    };
  }
  return plain;
}

/** What the picture shows, in words. */
export function cardAlt({ title, kind, trainer, release }: ShareCard): string {
  const rest = [kind, trainer, release && `TRL ${release}`].filter((each) => each !== undefined);
  return [title, rest.join(', ')]
    .filter((each) => each !== '')
    .map((each) => (/[.?!]$/.test(each) ? each : `${each}.`))
    .join(' ');
}

/** The picture of a page, from the root of the site: `/og/trainers/dpo.png`. */
export function cardPath(ref: string): string {
  return `/og/${ref || 'index'}.png`;
}

/** Pixels, as the readers of Open Graph cards ask for. @see https://ogp.me/#structured */
export const cardSize = { width: 1200, height: 630 } as const;
