import { slugOf } from '../../collections/slug-of.ts';

/** The part of an address that a file's name becomes: `DPO_Loss_Reference` -> `dpo-loss-reference`. */
export function addressOf(name: string): string {
  return slugOf(name, 80) || 'page';
}

/** The words of a file's name as a title: `DPO_Loss_Reference` -> `DPO Loss Reference`. */
export function wordsOf(name: string): string {
  return name.replace(/[_-]+/g, ' ').replace(/\s+/g, ' ').trim();
}

/** Name of a file without folders, ending, and the predecessor's `_ANNOTATED`. */
export function bareName(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '');
  return name.replace(/[_-]ANNOTATED$/i, '') || name;
}
