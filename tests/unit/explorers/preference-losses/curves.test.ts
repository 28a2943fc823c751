import { describe, expect, test } from 'vitest';
import { lossNames } from '../../../../src/explorers/preference-losses/catalogue.ts';
import { alongPath, lossPanels, settingsText } from '../../../../src/explorers/preference-losses/curves.ts';
import { type LossView, lossSpace } from '../../../../src/explorers/preference-losses/view.ts';
import { panelMarkup } from '../../../../src/figures/panel-markup.ts';

const defaultView = lossSpace.standard;
const view = (given: Partial<LossView> = {}): LossView => ({ ...defaultView, ...given });

describe('alongPath', () => {
  test('the slope is the derivative of the loss along the path', () => {
    const settings = view({ beta: 0.3, labelSmoothing: 0.1, tokens: 12 });
    const h = 1e-5;
    for (const name of lossNames) {
      const rise = alongPath(name, 4.7 + h, settings).loss - alongPath(name, 4.7 - h, settings).loss;
      expect(alongPath(name, 4.7, settings).slope).toBeCloseTo(rise / (2 * h), 6);
    }
  });

  test('relative losses start at 1', () => {
    for (const name of lossNames.filter((each) => each !== 'exo_pair'))
      expect(alongPath(name, 0, view({ scale: 'relative' })).loss).toBeCloseTo(1, 12);
  });
});

describe('lossPanels', () => {
  test('every curve of the standard view is drawn and named in both panels', () => {
    for (const { spec } of lossPanels(defaultView)) {
      const markup = panelMarkup(spec);
      expect(markup.match(/class="fig-line/g)).toHaveLength(5);
      for (const name of defaultView.losses) expect(markup).toContain(`>${name}</text>`);
    }
  });

  test('losses that are nowhere defined, and no losses at all, leave the axes', () => {
    for (const losses of [['exo_pair'], []] as const) {
      const markup = panelMarkup(lossPanels(view({ losses }))[0].spec);
      expect(markup).toContain('fig-axis');
      expect(markup).not.toContain('fig-line');
    }
  });

  test('the bump of discopop is inside the slopes’ panel', () => {
    const [, slope] = lossPanels(defaultView);
    expect(slope.spec.y.domain[1]).toBeGreaterThanOrEqual(alongPath('discopop', 0, defaultView).slope);
  });
});

test('both answers move equally far, and a relative loss is divided with its slopes by its first value', () => {
  // IPO at β = 0.1, one token an answer: (Δ - 5)², 25 at the start, steepest where it starts.
  const ipo = (scale: LossView['scale']) => alongPath('ipo', 2, view({ tokens: 1, scale }));
  expect(ipo('logged')).toEqual({ loss: 9, byChosen: -6, byRejected: 6, slope: -6 });
  expect(ipo('relative')).toEqual({ loss: 0.36, byChosen: -0.24, byRejected: 0.24, slope: -0.24 });
});

describe('a panel', () => {
  test('is over margins to both sides, and its cursor has each curve’s value there', () => {
    const [loss, slope] = lossPanels(view({ losses: ['hinge', 'ipo'], span: 10, tokens: 1, margin: 5 }));
    expect(loss.spec.x).toEqual({ domain: [-10, 10], label: 'margin Δ, nats' });
    expect(loss.spec.labels).toBe(true);
    // Hinge at β = 0.1: 1 - 0.1 Δ, a line.
    expect(loss.spec.lines[0]?.points).toEqual([
      [-10, 2],
      [10, 0],
    ]);
    expect(loss.cursor?.x).toBe(5);
    expect(loss.cursor?.values.map(({ line, y }) => [line.name, y])).toEqual([
      ['hinge', 0.5],
      ['ipo', 0],
    ]);
    expect(slope.cursor?.values.map(({ y }) => y)).toEqual([-0.1, 0]);
  });

  test('is as high as its highest curve', () => {
    const [loss] = lossPanels(view({ losses: ['hinge'], span: 100 }));
    const [low, high] = loss.spec.y.domain;
    expect([low <= 0 && low > -3, high >= 11 && high < 15]).toEqual([true, true]);
  });

  test('says what it shows, by its heading and to those who do not see it', () => {
    const told = (scale: LossView['scale']) =>
      lossPanels(view({ losses: ['hinge', 'ipo'], scale })).map(({ spec, description }) => [
        spec.y.label,
        description,
      ]);
    const of = 'from a margin of −30 to 30 nats: hinge, ipo; β = 0.1, ε = 0, 10 tokens per answer.';
    expect(told('logged')).toEqual([
      ['Loss of a pair', `Losses ${of}`],
      ['Slope dL/dΔ per nat', `Slopes ${of}`],
    ]);
    expect(told('relative')).toEqual([
      ['Loss of a pair, share of the first loss', `Losses ${of}`],
      ['Slope dL/dΔ per nat, share of the first loss', `Slopes ${of}`],
    ]);
  });
});

test.each([
  [{ losses: ['sigmoid'] }, 'β = 0.1, ε = 0, 10 tokens per answer'],
  [{ losses: ['simpo'], tokens: 1 }, 'β = 0.1, ε = 0, γ = 0.5, 1 token per answer'],
  [{ losses: ['kto'], z0: 3 }, 'β = 0.1, ε = 0, z₀ = 3 nats, 10 tokens per answer'],
] as const)('of %j the settings are: %s', (given, said) => {
  expect(settingsText(view(given))).toBe(said);
});
