import type { SitePage } from '../collections/site-page.ts';
import { type StartMistake, startMistakes } from './start-mistakes.ts';
import type { StateSpace } from './state.ts';

/** What the site says about an explorer. */
export interface ExplorerRecord {
  /** `clipping`: `<Explorer name="clipping" />` places it, and `<explorer-clipping>` is its element. */
  name: string;
  /** What its keys in the address begin with, `clip.`: no two explorers share one. */
  prefix: string;
  title: string;
  /** The question that it answers. */
  question: string;
  /** One line: what to try first. */
  tryFirst: string;
  /** The page of the site itself on which it stands; where content places it is read off the content. */
  sitePage?: SitePage;
  /** The mistakes of a start that an author wrote, `methods=clip&eps=0.2`; `prefix` when keys carry one. */
  mistakes(start: string, prefix?: string): StartMistake[];
}

/** A record with its state space, which only its own figure and element know by type. */
export function explorer<State extends object>(
  space: StateSpace<State>,
  record: Omit<ExplorerRecord, 'mistakes'>,
): ExplorerRecord {
  return { ...record, mistakes: (start, prefix) => startMistakes(space, start, prefix) };
}

/** The anchor of an explorer on its page. */
export function explorerAnchor(name: string): string {
  return `explorer-${name}`;
}
