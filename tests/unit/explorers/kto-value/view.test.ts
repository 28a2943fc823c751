import { describe, expect, test } from 'vitest';
import { ktoPanels } from '../../../../src/explorers/kto-value/panels.ts';
import { type KTOView, ktoSpace } from '../../../../src/explorers/kto-value/view.ts';
import { logRatioInWords, numbersMarkup, readoutMarkup } from '../../../../src/explorers/kto-value/words.ts';
import { stateFromQuery, stateIntoQuery } from '../../../../src/explorers/state.ts';
import { layoutPanel } from '../../../../src/figures/panel.ts';
import { panelMarkup } from '../../../../src/figures/panel-markup.ts';

const view = (given: Partial<KTOView> = {}): KTOView => ({ ...ktoSpace.standard, ...given });
const cells = (markup: string) => [...markup.matchAll(/<td>([^<]*)/g)].map(([, cell]) => cell);

test('a view comes back from its address, and the standard needs none', () => {
  const state = view({ beta: 0.5, desirableWeight: 1.35, z0: 3, logRatio: -12, alpha: 0.5, aversion: 1 });
  const query = new URLSearchParams();
  stateIntoQuery(ktoSpace, query, 'kto.', ktoSpace.standard, state);
  expect(stateFromQuery(ktoSpace, query, 'kto.', ktoSpace.standard)).toEqual(state);
  stateIntoQuery(ktoSpace, query, 'kto.', ktoSpace.standard, view());
  expect(query.toString()).toBe('');
});

test('the cursor stands at whole nats', () => {
  const query = new URLSearchParams('kto.logRatio=-3.4');
  expect(stateFromQuery(ktoSpace, query, 'kto.', ktoSpace.standard).logRatio).toBe(-3);
});

describe('panels', () => {
  test('labels stand at the lines in force, and dots too; z₀ = 0 is faint', () => {
    const [, value, push] = ktoPanels(view());
    for (const { spec, cursor } of [value, push]) {
      const markup = panelMarkup(spec);
      expect(markup.match(/fig-faint/g)).toHaveLength(2);
      expect(markup.match(/class="fig-name/g)).toHaveLength(2);
      expect(cursor?.values).toHaveLength(2);
    }
  });

  test('the cursor’s dots lie on the lines', () => {
    const [, value] = ktoPanels(view({ logRatio: 20 }));
    expect(value.cursor?.values.map(({ line, y }) => [line.name, y])).toEqual([
      ['wanted', 0.5],
      ['unwanted', 0.5],
    ]);
  });

  test('every setting leaves panels that can be drawn', () => {
    for (const state of [view({ desirableWeight: 0, undesirableWeight: 0 }), view({ beta: 1, z0: 40 })])
      for (const { spec } of ktoPanels(state)) expect(layoutPanel(spec).yTicks.length).toBeGreaterThan(1);
  });
});

describe('numbers and words', () => {
  test('what the page says: at −60 nats the push on a wanted answer is gone', () => {
    expect(cells(readoutMarkup(view({ logRatio: -60 }))).slice(0, 4)).toEqual([
      '−8.00',
      '0.0003',
      '0.9997',
      '0.0000',
    ]);
  });

  test('β makes the hill higher, a weight raises one label alone', () => {
    const top = (given: Partial<KTOView>) => cells(readoutMarkup(view({ logRatio: 20, ...given })));
    expect(top({})[3]).toBe('0.0250');
    expect(top({ beta: 0.4 })[3]).toBe('0.1000');
    expect(top({ desirableWeight: 2 })).toEqual([
      '0.00',
      '1.0000',
      '1.0000',
      '0.0500',
      '0.00',
      '0.5000',
      '0.5000',
      '−0.0250',
    ]);
  });

  test('the slider says the value, and the table has a row each 20 nats', () => {
    expect(logRatioInWords(view({ logRatio: 20 }))).toBe('20 nats: wanted 0.5, unwanted 0.5');
    expect(numbersMarkup(view()).match(/scope="row"/g)).toHaveLength(8);
  });
});
