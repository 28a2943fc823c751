import type { Lexicon } from '../../search/lexicon.ts';
import type { ResultGroup } from './group-results.ts';

/** The catalogue's side by side of trainers, as a result of its own; none for fewer than two. */
export function comparison(slugs: readonly string[], { trainers }: Lexicon, base: string): ResultGroup[] {
  if (slugs.length < 2) return [];
  const names = slugs.map((slug) => trainers.find((trainer) => trainer.slug === slug)?.name ?? slug);
  return [
    {
      url: `${base}trainers/?compare=${slugs.join(',')}`,
      title: `${names.slice(0, -1).join(', ')} and ${names.at(-1)} side by side`,
      page: {
        kind: 'Page',
        excerpt: 'Data, models in memory, generation, losses and defaults in one table.',
      },
      places: [],
    },
  ];
}
