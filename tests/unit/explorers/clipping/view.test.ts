import { describe, expect, test } from 'vitest';
import { type ClipView, clipSpace } from '../../../../src/explorers/clipping/view.ts';
import {
  notesMarkup,
  numbersMarkup,
  ratioInWords,
  readoutMarkup,
} from '../../../../src/explorers/clipping/words.ts';
import { startState } from '../../../../src/explorers/state.ts';

const view = (given: Partial<ClipView> = {}): ClipView => ({ ...clipSpace.standard, ...given });
const cells = (markup: string) => [...markup.matchAll(/<td>([^<]+)/g)].map(([, cell]) => cell);

test('the ratio stays within the span', () => {
  expect(startState(clipSpace, 'ratio=4.4')).toEqual(view({ ratio: 2 }));
  expect(startState(clipSpace, 'span=6&ratio=4.4')).toEqual(view({ span: 6, ratio: 4.4 }));
});

describe('numbers and words', () => {
  test('the readout has objective and push of a good and of a bad answer', () => {
    const markup = readoutMarkup(view({ methods: ['clip'], ratio: 1.5 }));
    expect(markup).toContain('Objective and push at a ratio of 1.5');
    expect(cells(markup)).toEqual(['0.200', '0.000', '−0.500', '−1.500']);
  });

  test('a table for each quantity that is shown', () => {
    const both = numbersMarkup(view({ methods: ['clip'], show: 'both' }));
    expect(both.match(/<table>/g)).toHaveLength(2);
    expect(cells(both).slice(-2)).toEqual(['0.000', '−2.000']);
    expect(numbersMarkup(view({ methods: ['clip'], show: 'push' }))).toBe(
      both.slice(both.lastIndexOf('<table>')),
    );
  });

  test('the slider says the pushes', () => {
    expect(ratioInWords(view({ methods: ['clip'], ratio: 1.3 }))).toBe(
      '1.3, pushes on a good and a bad answer: clip 0 and −1.3',
    );
  });

  test('notes are those of the chosen methods', () => {
    expect(notesMarkup(view({ methods: ['sequence'] }))).toMatch(
      /at ρ = 2 the answer stands at 1\.007\..*above 1\.03, of a bad one below 0\.9704\./,
    );
    expect(notesMarkup(view({ methods: [] }))).toBe('');
  });
});
