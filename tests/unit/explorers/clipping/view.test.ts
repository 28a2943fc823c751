import { describe, expect, test } from 'vitest';
import { methodNames } from '../../../../src/explorers/clipping/catalogue.ts';
import { clipPanels } from '../../../../src/explorers/clipping/curves.ts';
import {
  notesMarkup,
  numbersMarkup,
  ratioInWords,
  readoutMarkup,
  settingsText,
} from '../../../../src/explorers/clipping/tables.ts';
import { type ClipView, clipSpace, ratioNear } from '../../../../src/explorers/clipping/view.ts';
import { startState } from '../../../../src/explorers/state.ts';
import { panelMarkup } from '../../../../src/figures/panel-markup.ts';

const view = (given: Partial<ClipView> = {}): ClipView => ({ ...clipSpace.standard, ...given });
const cells = (markup: string) => [...markup.matchAll(/<td>([^<]+)/g)].map(([, cell]) => cell);

describe('the panels', () => {
  test('draw every method, but only of the quantity that is shown', () => {
    const panels = clipPanels(view({ methods: methodNames, show: 'push' }));
    expect(panels.map(({ hidden }) => hidden ?? false)).toEqual([true, true, false, false]);
    expect(clipPanels(view()).some(({ hidden }) => hidden)).toBe(false);
    for (const { spec } of panels.slice(2))
      expect(panelMarkup(spec).match(/class="fig-line/g)).toHaveLength(methodNames.length);
  });

  test('a clip is a few points: a rise, a fall, and nothing', () => {
    const [, , good, bad] = clipPanels(view({ methods: ['clip'] }));
    expect(good?.spec.lines[0]?.points.length).toBeLessThanOrEqual(6);
    expect(good?.description).toContain('clip 1 at 1, 0 at 2');
    expect(bad?.description).toContain('clip −1 at 1, −2 at 2');
  });

  test('no method at all leaves the axes', () => {
    expect(panelMarkup(clipPanels(view({ methods: [] }))[0]?.spec ?? expect.fail())).toContain('fig-axis');
  });

  test('the cursor has each line’s value', () => {
    const [, , good] = clipPanels(view({ methods: ['unclipped', 'clip'], ratio: 1.5 }));
    expect(good?.cursor?.x).toBe(1.5);
    expect(good?.cursor?.values.map(({ y }) => y)).toEqual([1.5, 0]);
  });
});

test('the ratio stands on a grid within the span, never at 0', () => {
  expect([0, 0.111, 1.999, 7].map((value) => ratioNear(value, 2))).toEqual([0.02, 0.12, 2, 2]);
  expect(startState(clipSpace, 'span=5&ratio=4.4')).toEqual(view({ span: 5, ratio: 4.4 }));
});

describe('numbers and words', () => {
  test('the readout has objective and push of a good and of a bad answer', () => {
    expect(cells(readoutMarkup(view({ methods: ['clip'], ratio: 1.5 })))).toEqual([
      '1.200',
      '0.000',
      '−1.500',
      '−1.500',
    ]);
  });

  test('the table has the quantity that is shown', () => {
    const pushes = numbersMarkup(view({ methods: ['clip'] }));
    expect(cells(pushes).slice(-2)).toEqual(['0.000', '−2.000']);
    expect(pushes).toContain('Push on log π by ratio');
    expect(cells(numbersMarkup(view({ methods: ['clip'], show: 'objective' }))).slice(-2)).toEqual([
      '1.200',
      '−2.000',
    ]);
  });

  test('the slider says the pushes', () => {
    expect(ratioInWords(view({ methods: ['clip'], ratio: 1.3 }))).toBe(
      '1.3: push for good and bad, clip 0 and −1.3',
    );
  });

  test('settings are those of the chosen methods', () => {
    expect(settingsText(view({ methods: ['clip'] }))).toBe('ε = 0.2');
    expect(settingsText(view({ methods: ['clip', 'sapo'] }))).toBe('ε = 0.2; τ = 1, 1.05');
    expect(settingsText(view({ methods: ['unclipped'] }))).toBe('');
  });

  test('notes carry numbers of the settings', () => {
    expect(notesMarkup(view({ methods: ['clip'], epsilon: 0.3 }))).toContain(
      'above 1.3, a bad one below 0.7.',
    );
    expect(notesMarkup(view({ methods: ['sequence'] }))).toContain(
      'the answer’s ratio is 1.007. A good token falls silent above 1.03',
    );
    expect(notesMarkup(view({ methods: ['vespo'] }))).toContain('0.6667 for a good answer and 1.5');
    expect(notesMarkup(view({ methods: ['two_sided'], delta: 1.1 }))).toContain('advises against');
    expect(notesMarkup(view({ methods: [] }))).toBe('');
  });
});
