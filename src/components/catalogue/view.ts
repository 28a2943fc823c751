import { type Family, families } from '../../collections/family.ts';
import { type CatalogueItem, type Order, orders } from './order.ts';

/** What the reader asked of the catalogue; all of it is kept in the page's address. */
export interface CatalogueView {
  family: Family | '';
  /** A format of data, `preference`; empty for any. */
  data: string;
  /** Models in memory: `1`, `2`, `3` for three or more; empty for any. */
  models: string;
  generates: 'yes' | 'no' | '';
  order: Order | '';
  /** Slugs of the trainers to compare, in the order of choice. */
  compare: readonly string[];
}

/** A row, as its filters see it. */
export interface FilteredItem extends CatalogueItem {
  slug: string;
  family: string;
  data: string;
  models: number;
  generates: boolean;
}

/** More columns than these don't stand side by side on a screen. */
export const mostCompared = 3;

/** Reads `?family=rl&data=preference&models=2&generates=no&order=memory&compare=dpo,kto`; what is unknown is ignored. */
export function readView(search: string, rows: readonly FilteredItem[]): CatalogueView {
  const query = new URLSearchParams(search);
  const known = <T extends string>(key: string, values: readonly T[]): T | '' =>
    values.find((value) => value === query.get(key)) ?? '';
  const slugs = new Set(rows.map(({ slug }) => slug));
  const compare = (query.get('compare') ?? '').split(',').filter((slug) => slugs.has(slug));
  return {
    family: known('family', families),
    data: known('data', [...new Set(rows.map(({ data }) => data))]),
    models: known('models', ['1', '2', '3']),
    generates: known('generates', ['yes', 'no']),
    order: known('order', orders),
    compare: [...new Set(compare)].slice(0, mostCompared),
  };
}

/** The query that brings the view back; what was not chosen is left out. */
export function writeView({ compare, ...chosen }: CatalogueView): string {
  const query = new URLSearchParams(Object.entries(chosen).filter(([, value]) => value !== ''));
  const listed = compare.length > 0 ? [`compare=${compare.join(',')}`] : [];
  return [query.toString(), ...listed].filter(Boolean).join('&');
}

/** Whether a trainer has what the view asks for. */
export function fits(item: FilteredItem, { family, data, models, generates }: CatalogueView): boolean {
  return (
    (family === '' || item.family === family) &&
    (data === '' || item.data === data) &&
    (models === '' || (models === '3' ? item.models >= 3 : item.models === Number(models))) &&
    (generates === '' || item.generates === (generates === 'yes'))
  );
}

/** The trainers to compare after one was switched on or off; a fourth is not taken. */
export function toggleCompared(compare: readonly string[], slug: string, on: boolean): string[] {
  const others = compare.filter((each) => each !== slug);
  return on && others.length < mostCompared ? [...others, slug] : others;
}
