import { expect, test } from 'vitest';
import { barMarkup, barSize } from '../../../../src/explorers/memory/bar.ts';
import { type MemoryView, matters, memorySpace, settingsOf } from '../../../../src/explorers/memory/view.ts';
import {
  adviceMarkup,
  cardsMarkup,
  filledParts,
  describe as inWords,
  partsMarkup,
  title,
  totalMarkup,
} from '../../../../src/explorers/memory/words.ts';
import { startState } from '../../../../src/explorers/state.ts';
import { cards, fitOf } from '../../../../src/memory/cards.ts';
import { estimate } from '../../../../src/memory/estimate.ts';

const view = (query = ''): MemoryView => startState(memorySpace, query);

test('what is left to the trainer is its default', () => {
  expect(settingsOf(view('trainer=ppo'))).toMatchObject({ precision: 'bfloat16', checkpointing: false });
  expect(settingsOf(view('trainer=grpo'))).toMatchObject({ precision: 'mixed', penalty: false });
  expect(settingsOf(view('trainer=rloo'))).toMatchObject({ penalty: true });
  expect(settingsOf(view('trainer=ppo&checkpointing=on&precision=float32'))).toMatchObject({
    precision: 'float32',
    checkpointing: true,
  });
});

test('a size stands for a shape of that size', () => {
  expect(settingsOf(view('model=size&size=3')).model).toBe(3);
  expect(title(view('model=size&size=3'))).toMatch(/an interpolated model \((2\.9|3)[\d.]* billion\)/);
});

test('one card has no ZeRO', () => {
  expect(view('gpus=1&zero=3').zero).toBe(0);
  expect(view('gpus=4&zero=3').zero).toBe(3);
});

test('controls that change nothing are not shown', () => {
  const shown = (query: string) =>
    (['rank', 'precompute', 'penalty', 'vllm', 'group', 'miniBatches', 'zero', 'size'] as const).filter(
      (key) => matters(key, view(query)),
    );
  expect(shown('trainer=dpo')).toEqual(['precompute']);
  expect(shown('trainer=dpo&method=lora')).toEqual(['rank']);
  expect(shown('trainer=grpo')).toEqual(['penalty', 'vllm', 'group']);
  expect(shown('trainer=ppo&gpus=2')).toEqual(['miniBatches', 'zero']);
});

test('the table has a row for each part, and together they are the total', () => {
  const found = estimate(settingsOf(view('trainer=dpo')));
  const parts = filledParts(found);
  expect(parts.reduce((sum, { bytes }) => sum + bytes, 0)).toBeCloseTo(found.total, 0);
  const markup = partsMarkup(view('trainer=dpo'));
  expect(markup.match(/<tr><th scope="row">/g)).toHaveLength(parts.length + 1);
  expect(markup).toContain('494,032,768 × 4 bytes');
  expect(partsMarkup(view('trainer=dpo&method=qlora'))).toContain('× 0.5159 bytes');
});

test('the bar is as wide as the box, a segment a part', () => {
  const found = estimate(settingsOf(view('trainer=ppo')));
  const bars = [...barMarkup(found).matchAll(/<rect [^>]*x="([\d.]+)"[^>]*width="([\d.]+)"/g)];
  expect(bars).toHaveLength(filledParts(found).length);
  const last = bars.at(-1);
  expect(Number(last?.[1]) + Number(last?.[2])).toBeCloseTo(barSize.width - 1, 0);
});

test('cards: fits, tight, does not fit; vLLM takes its share first', () => {
  const [small] = cards;
  if (!small) throw new Error('expected a card');
  expect(fitOf(0.5 * 16e9, small)).toBe('fits');
  expect(fitOf(0.95 * 16e9, small)).toBe('tight');
  expect(fitOf(1.1 * 16e9, small)).toBe('does not fit');
  expect(fitOf(0.5 * 16e9, small, 0.6)).toBe('does not fit');
  expect(cardsMarkup(view('trainer=dpo'))).toContain('data-fit="fits"');
  expect([...cards].sort((a, b) => a.gigabytes - b.gigabytes)).toEqual(cards);
});

test('the answer names moment and card', () => {
  expect(totalMarkup(view('trainer=dpo'))).toContain('smallest card of the list with room to spare is T4');
  expect(totalMarkup(view('trainer=dpo&model=qwen2.5-72b'))).toContain('No card of the list');
  expect(inWords(view())).toContain('Optimiser 3.68');
  const nothing = 'method=qlora&batch=1&precision=bfloat16&optimiser=sgd&prompt=1&completion=1';
  expect(adviceMarkup(view(nothing))).toContain('No single change');
});
