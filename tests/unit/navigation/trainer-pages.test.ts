import { expect, test } from 'vitest';
import { pathTo, trainerPages } from '../../../src/navigation/trainer-pages.ts';
import { page } from './trainers.ts';

const annotated = page('trainers/dpo', 'annotated', ['dpo']);
const guide = page('guides/dpo-loss', 'guide', ['dpo']);
const script = page('examples/dpo-training', 'script', ['dpo']);
const both = page('guides/rlhf-and-dpo', 'guide', ['ppo', 'dpo']);
const survey = page('guides/choosing', 'guide', ['dpo', 'sft', 'kto', 'orpo']);
const pages = [survey, both, annotated, script, guide];

test('the set of a trainer in reading order, surveys left out', () => {
  expect(trainerPages('dpo', pages)).toEqual([guide, annotated, script]);
  expect(trainerPages('ppo', pages)).toEqual([both]);
  expect(trainerPages('gkd', pages)).toEqual([]);
});

const step = (ref: string) => ({ ref, why: '', checkpoint: { question: '', answer: '' } });
const everything = { slug: 'everything', steps: [step(guide.ref), step(both.ref), step(script.ref)] };
const short = { slug: 'preferences', steps: [step(annotated.ref)] };
const own = { slug: 'dpo', steps: [step(guide.ref), step(annotated.ref), step(script.ref)] };

test('the path named after the trainer, else the shortest with a page of its set', () => {
  const set = trainerPages('dpo', pages);
  expect(pathTo('dpo', set, [everything, short, own])).toBe(own);
  expect(pathTo('dpo', set, [everything, short])).toBe(short);
  expect(pathTo('dpo', set, [{ slug: 'other', steps: [step('guides/kto-loss')] }])).toBeUndefined();
});
