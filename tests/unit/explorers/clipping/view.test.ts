import { describe, expect, test } from 'vitest';
import { clipPanels, lookOf, settingsText } from '../../../../src/explorers/clipping/curves.ts';
import { clipNames } from '../../../../src/explorers/clipping/methods.ts';
import { type ClipView, clipSpace } from '../../../../src/explorers/clipping/view.ts';
import {
  notesMarkup,
  numbersMarkup,
  ratioInWords,
  readoutMarkup,
} from '../../../../src/explorers/clipping/words.ts';
import { startState } from '../../../../src/explorers/state.ts';
import { panelMarkup } from '../../../../src/figures/panel-markup.ts';

const view = (given: Partial<ClipView> = {}): ClipView => ({ ...clipSpace.standard, ...given });
const cells = (markup: string) => [...markup.matchAll(/<td>([^<]+)/g)].map(([, cell]) => cell);

test('no two curves look alike, also without colour within a tone', () => {
  const looks = clipNames.map((name) => Object.values(lookOf(name)).join());
  expect(new Set(looks).size).toBe(clipNames.length);
});

describe('the panels', () => {
  const hidden = (show: ClipView['show']) => clipPanels(view({ show })).map((panel) => panel.hidden ?? false);

  test('are those of the quantity that is shown', () => {
    expect(hidden('push')).toEqual([true, true, false, false]);
    expect(hidden('objective')).toEqual([false, false, true, true]);
    expect(hidden('both')).toEqual([false, false, false, false]);
  });

  test('draw every method', () => {
    for (const { spec } of clipPanels(view({ methods: clipNames, show: 'both' })))
      expect(panelMarkup(spec).match(/class="fig-line/g)).toHaveLength(clipNames.length);
  });

  test('a clip is a few points: a rise, a fall, and nothing', () => {
    const good = clipPanels(view({ methods: ['clip'] }))[2];
    expect(good?.spec.lines[0]?.points.length).toBeLessThanOrEqual(6);
  });

  test('no method at all leaves the axes', () => {
    const markup = panelMarkup(clipPanels(view({ methods: [] }))[2]?.spec ?? expect.fail());
    expect(markup).toContain('fig-axis');
    expect(markup).not.toContain('fig-line');
  });

  test('the cursor has each line’s value', () => {
    const good = clipPanels(view({ methods: ['clip', 'unclipped'], ratio: 1.5 }))[2];
    expect(good?.cursor?.x).toBe(1.5);
    expect(good?.cursor?.values.map(({ y }) => y)).toEqual([0, 1.5]);
  });
});

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

  test('settings and notes are those of the chosen methods', () => {
    expect(settingsText(view({ methods: ['clip', 'sapo'] }))).toBe('ε = 0.2, τ = 1 and 1.05');
    expect(settingsText(view({ methods: ['sequence'] }))).toBe('ε = 0.0003 over 100 tokens');
    expect(settingsText(view({ methods: ['unclipped'] }))).toBe('');
    expect(notesMarkup(view({ methods: ['sequence'] }))).toMatch(
      /at ρ = 2 the answer stands at 1\.007\..*above 1\.03, of a bad one below 0\.9704\./,
    );
    expect(notesMarkup(view({ methods: [] }))).toBe('');
  });
});
