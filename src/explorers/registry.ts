import { advantagesSpace } from './advantages/view.ts';
import { clipSpace } from './clipping/view.ts';
import { gaeSpace } from './gae/view.ts';
import { klSpace } from './kl-estimators/view.ts';
import { ktoSpace } from './kto-value/view.ts';
import { masksSpace } from './masks/view.ts';
import { memorySpace } from './memory/view.ts';
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
    question: 'Which tokens does an update still move once the policy has left the one that sampled?',
    tryFirst:
      'Move ρ from 0.5 to 1.5: for a good answer the clip falls silent above 1 + ε, for a bad one below 1 − ε, and cispo never. Then set its cap to 0.2.',
  }),
  explorer(advantagesSpace, {
    name: 'advantages',
    prefix: 'adv.',
    title: 'Advantages of a group',
    question: 'What does each method make of the same rewards?',
    tryFirst:
      'Choose “All equal”: every method that compares answers is silent. Then “G = 2”, and see that a difference of 0.1 counts as much as one of 1.',
  }),
  explorer(gaeSpace, {
    name: 'gae',
    prefix: 'gae.',
    title: 'Generalised advantage estimation',
    question: 'How far back does each token hear of a surprise?',
    tryFirst:
      'Move λ from 1 to 0 and watch the credit for the score shrink towards the end; then choose “Perfect critic”.',
  }),
  explorer(masksSpace, {
    name: 'masks',
    prefix: 'mask.',
    title: 'Masks and packing',
    question: 'Which tokens of a conversation carry loss, and what becomes of several in one batch?',
    tryFirst:
      'Set assistant_only_loss and watch which tokens stay filled; then pack by wrapped with a max_length of 24, and find the sample that lost its beginning.',
  }),
  explorer(ktoSpace, {
    name: 'kto-value',
    prefix: 'kto.',
    title: 'KTO’s value of an answer',
    question: 'What is an answer worth to KTO, and when does it stop pushing?',
    tryFirst:
      'Move the log-ratio down to −60 nats: the push on a wanted answer is gone. Then raise β, and see how much nearer it goes.',
  }),
  explorer(klSpace, {
    name: 'kl-estimators',
    prefix: 'kl.',
    title: 'Estimators of a KL',
    question: 'How far can a KL estimated from sampled tokens be trusted, and where does its gradient point?',
    tryFirst:
      'Shift the policy away from the reference: near it k3 is much quieter than k1, further off it is the noisiest. Then read which uses keep a cosine of 1.',
  }),
  explorer(memorySpace, {
    name: 'memory',
    prefix: 'memory.',
    sitePage: 'choose',
    title: 'Memory of a run',
    question: 'Will this training run fit on that card, and what fills it?',
    tryFirst:
      'Choose your model and trainer, read which part is the largest, and take the first line of “What to turn first”.',
  }),
];

/** The record of an explorer; undefined for a name that none has. */
export function explorerNamed(name: string): ExplorerRecord | undefined {
  return explorers.find((each) => each.name === name);
}
