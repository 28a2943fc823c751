import { clipSpace } from './clipping/view.ts';
import { lossSpace } from './preference-losses/view.ts';
import { type ExplorerRecord, explorer } from './record.ts';

/** Every explorer, in the order of the list page. Where each stands is read off the pages. */
export const explorers: readonly ExplorerRecord[] = [
  explorer(lossSpace, {
    name: 'preference-losses',
    prefix: 'loss.',
    title: 'Preference losses',
    question: 'How hard does each preference loss push a pair, and when does it stop?',
    tryFirst:
      'Move the margin from −30 to 30 nats and watch which slopes vanish; then raise β, and they vanish earlier.',
  }),
  explorer(clipSpace, {
    name: 'clipping',
    prefix: 'clip.',
    title: 'Clipping',
    question: 'How far may one token’s probability move before its push ends?',
    tryFirst:
      'Move the ratio across 1.2 and read the pushes: the clip drops to 0 for the good answer alone, and the others do not.',
  }),
];

/** The record of an explorer; undefined for a name that none has. */
export function explorerNamed(name: string): ExplorerRecord | undefined {
  return explorers.find((each) => each.name === name);
}
