import type { Problem } from '../errors/problem.ts';
import type { Origin } from './origin.ts';

/** What the readers of single files add to while a content folder is read. */
export interface Reading {
  problems: Problem[];
  origins: Map<object, Origin>;
}
