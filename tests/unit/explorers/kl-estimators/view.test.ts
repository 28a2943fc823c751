import { describe, expect, test } from 'vitest';
import { averaged } from '../../../../src/explorers/kl-estimators/averaged.ts';
import { estimators, qualityOf } from '../../../../src/explorers/kl-estimators/estimators.ts';
import { intervalsSvg } from '../../../../src/explorers/kl-estimators/intervals.ts';
import { klPanels } from '../../../../src/explorers/kl-estimators/panels.ts';
import { distributionsOf, type KLView, klSpace } from '../../../../src/explorers/kl-estimators/view.ts';
import {
  gradientsMarkup,
  klText,
  qualityMarkup,
  tokenInWords,
  tokenMarkup,
} from '../../../../src/explorers/kl-estimators/words.ts';
import { stateFromQuery, stateIntoQuery } from '../../../../src/explorers/state.ts';
import { layoutPanel } from '../../../../src/figures/panel.ts';

const view = (given: Partial<KLView> = {}): KLView => ({ ...klSpace.standard, ...given });
const cells = (markup: string) => [...markup.matchAll(/<td>([^<]*)/g)].map(([, cell]) => cell);
/** Standard deviations of one token's estimate, in nats, to two decimals. */
function deviations(given: Partial<KLView>): Record<string, string> {
  const { logPi, logRef } = distributionsOf(view(given));
  return Object.fromEntries(
    estimators.map((kind) => [kind, qualityOf(kind, logPi, logRef).deviation.toFixed(2)]),
  );
}

test('a view comes back from its address, and the standard needs none', () => {
  const state = view({ shift: -1.2, width: 0.7, reference: 3, token: 9, samples: 1024, seed: 7 });
  const query = new URLSearchParams();
  stateIntoQuery(klSpace, query, 'kl.', klSpace.standard, state);
  expect(stateFromQuery(klSpace, query, 'kl.', klSpace.standard)).toEqual(state);
  stateIntoQuery(klSpace, query, 'kl.', klSpace.standard, view());
  expect(query.toString()).toBe('');
});

test('tokens are whole, on the slider of samples too', () => {
  const { slider } = klSpace.parameters.samples;
  for (const place of [0, 0.04, 1.1, 3.61]) {
    const settled = klSpace.settle?.(view({ samples: slider?.at(place) ?? 0 }));
    expect(Number.isInteger(settled?.samples)).toBe(true);
  }
  expect(klSpace.settle?.(view({ token: 3.6 })).token).toBe(4);
});

describe('what the page says of the figure', () => {
  test('near, as drawn: k1 is the noisiest of the three', () => {
    expect(klText(view())).toBe('KL(π ‖ π_ref) = 0.0367 nats');
    expect(deviations({})).toEqual({ k1: '0.25', k2: '0.06', k3: '0.09' });
  });

  test('shifted by 2 tokens k3 is the noisiest, and narrower it explodes', () => {
    expect(deviations({ shift: 2 })).toEqual({ k1: '0.84', k2: '0.50', k3: '1.12' });
    expect(deviations({ shift: 2, width: 1.2 })).toEqual({ k1: '0.76', k2: '0.59', k3: '26.31' });
    expect(klText(view({ shift: 2, width: 1.2 }))).toBe('KL(π ‖ π_ref) = 0.6881 nats');
  });

  test('k2 alone is wrong on average', () => {
    const [k1, k2, k3] = averaged(view());
    expect([k1?.bias, k3?.bias]).toEqual([0, 0]);
    expect(k2?.bias).toBeCloseTo(-0.0043, 4);
  });
});

describe('panels', () => {
  test('a position on the axis of log-ratios is the token that is nearest', () => {
    const [, estimates] = klPanels(view());
    for (let token = 1; token <= 9; token++) {
      const x = klPanels(view({ token }))[1].cursor?.x ?? Number.NaN;
      expect(estimates.valueAt?.(x)).toBe(token);
    }
    expect(estimates.valueAt?.(-100)).toBe(1);
  });

  test('the cursor is inside every panel, wherever the distributions are', () => {
    for (const given of [
      view(),
      view({ shift: 3, width: 0.5, reference: 0.5, token: 1 }),
      view({ shift: 0, width: 2 }),
    ])
      for (const { spec, cursor } of klPanels(given)) {
        const { x } = layoutPanel(spec);
        expect(cursor?.x).toBeGreaterThanOrEqual(x.domain[0]);
        expect(cursor?.x).toBeLessThanOrEqual(x.domain[1]);
      }
  });

  test('intervals narrow with the tokens that are averaged', () => {
    const [one, many] = [averaged(view({ samples: 1 })), averaged(view({ samples: 400 }))];
    expect((one[0]?.ofMean ?? 0) / (many[0]?.ofMean ?? 1)).toBeCloseTo(20, 10);
    expect(intervalsSvg(view({ samples: 1 }))).toContain('Mean of one token');
    expect(intervalsSvg(view())).toContain('The KL is 0.0367 nats. k1: mean 0.0367');
  });
});

describe('tables', () => {
  test('one token: its probabilities, its log-ratio, three estimates', () => {
    expect(cells(tokenMarkup(view()))).toEqual(['0.1589', '0.1802', '−0.125', '−0.1254', '0.0079', '0.0082']);
    expect(tokenInWords(view())).toBe('token 4, log-ratio −0.125: k1 −0.125, k2 0.00786, k3 0.0082');
  });

  test('bias and deviation, a row an estimator', () => {
    expect(cells(qualityMarkup(view())).slice(0, 3)).toEqual(['0.0367', '0.0000', '0.2518']);
  });

  test('which uses follow the KL', () => {
    const rows = [...gradientsMarkup(view()).matchAll(/scope="row">([^<]+)<br>.*?<\/td><td>([^<]+)/g)];
    expect(rows.map(([, name, cosine]) => [name?.trim(), cosine])).toEqual([
      ['KL(π ‖ π_ref), exact', '1.000'],
      ['k1 in the reward', '1.000'],
      ['k3 in the reward', '−0.469'],
      ['k1 in the loss', '–'],
      ['k2 in the loss', '1.000'],
      ['k3 in the loss', '0.986'],
      ['ρ·k3 in the loss', '1.000'],
      ['KL(π_ref ‖ π), exact', '0.986'],
    ]);
  });
});
