import { describe, expect, test } from 'vitest';
import { clipPanels, lookOf, settingsText } from '../../../../src/explorers/clipping/curves.ts';
import { clipNames } from '../../../../src/explorers/clipping/methods.ts';
import { type ClipView, clipSpace } from '../../../../src/explorers/clipping/view.ts';
import { panelMarkup } from '../../../../src/figures/panel-markup.ts';

const view = (given: Partial<ClipView> = {}): ClipView => ({ ...clipSpace.standard, ...given });

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

test('a curve is drawn where the logarithm of the ratio is defined, on an axis that begins at zero', () => {
  const panel = clipPanels(view({ methods: ['unclipped'], span: 3 }))[2];
  expect(panel?.spec.x).toEqual({ domain: [0, 3], label: 'ratio ρ' });
  expect(panel?.spec.lines).toEqual([
    {
      name: 'unclipped',
      points: [
        [0.02, 0.02],
        [3, 3],
      ],
      tone: 'reference',
      dash: 2,
    },
  ]);
  expect(panel?.spec.labels).toBe(true);
});

test('the height takes in every curve and zero, and ends at round numbers', () => {
  const heights = clipPanels(view({ methods: ['unclipped'], show: 'both', span: 6 })).map(
    ({ spec }) => spec.y.domain,
  );
  // ρ - 1 and its negative; ρ and its negative.
  expect(heights).toEqual([
    [-1, 5],
    [-5, 1],
    [0, 6],
    [-6, 0],
  ]);
});

test('a panel says what it shows to those who do not see it', () => {
  const told = clipPanels(view({ methods: ['clip', 'sequence'], show: 'both' })).map(
    ({ spec, description }) => [spec.y.label, description],
  );
  expect(told).toEqual([
    [
      'objective less its value at ρ = 1, good answer, A = 1',
      'objective less its value at ρ = 1 against ratios from 0 to 2, good answer, A = 1: clip, sequence; ε = 0.2, ε = 0.0003 over 100 tokens.',
    ],
    [
      'objective less its value at ρ = 1, bad answer, A = −1',
      'objective less its value at ρ = 1 against ratios from 0 to 2, bad answer, A = −1: clip, sequence; ε = 0.2, ε = 0.0003 over 100 tokens.',
    ],
    [
      'push on log π, good answer, A = 1',
      'push on log π against ratios from 0 to 2, good answer, A = 1: clip, sequence; ε = 0.2, ε = 0.0003 over 100 tokens.',
    ],
    [
      'push on log π, bad answer, A = −1',
      'push on log π against ratios from 0 to 2, bad answer, A = −1: clip, sequence; ε = 0.2, ε = 0.0003 over 100 tokens.',
    ],
  ]);
});

test('a hidden panel is empty', () => {
  expect(clipPanels(view({ show: 'push' }))[0]).toEqual({
    spec: { x: { domain: [0, 1], label: '' }, y: { domain: [0, 1], label: '' }, lines: [], labels: false },
    description: '',
    hidden: true,
  });
});

test.each([
  [['clip'], 'ε = 0.2'],
  [['clip-higher'], 'ε = 0.2, ε high = 0.28'],
  [['two-sided'], 'ε = 0.2, δ = 4'],
  [['sequence'], 'ε = 0.0003 over 100 tokens'],
  [['cispo'], 'cap 5'],
  [['clip', 'sapo'], 'ε = 0.2, τ = 1 and 1.05'],
  [['vespo'], 'k = 2 and 3, λ = 3 and 2'],
  [['unclipped'], ''],
] as const)('the settings of %j are those that change its curve: %s', (methods, said) => {
  expect(settingsText(view({ methods }))).toBe(said);
});
