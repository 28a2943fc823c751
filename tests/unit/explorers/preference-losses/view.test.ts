import { describe, expect, test } from 'vitest';
import facts from '../../../../content/trl/1.16.0.json' with { type: 'json' };
import {
  lookOf,
  lossGroups,
  lossNames,
  noteOn,
} from '../../../../src/explorers/preference-losses/catalogue.ts';
import { settingsOf } from '../../../../src/explorers/preference-losses/curves.ts';
import {
  marginInWords,
  notesMarkup,
  numbersMarkup,
  readoutMarkup,
} from '../../../../src/explorers/preference-losses/tables.ts';
import { type LossView, lossSpace, marginNear } from '../../../../src/explorers/preference-losses/view.ts';
import { startState, stateFromQuery, stateIntoQuery } from '../../../../src/explorers/state.ts';

const defaultView = lossSpace.standard;
const view = (given: Partial<LossView> = {}): LossView => ({ ...defaultView, ...given });

describe('the catalogue', () => {
  test('offers every loss type of DPOTrainer, once', () => {
    const dpo = facts.classes.find(({ name }) => name === 'DPOTrainer')?.loss_types ?? [];
    const offered = lossGroups.flatMap(({ losses }) => losses);
    expect(dpo.length).toBe(15);
    expect(offered).toEqual(expect.arrayContaining(dpo));
    expect([...offered].sort()).toEqual([...lossNames].sort());
  });

  test('no two curves look alike, also without colour within a group of one tone', () => {
    const looks = lossNames.map((name) => Object.values(lookOf(name)).join());
    expect(new Set(looks).size).toBe(lossNames.length);
  });

  test('notes carry numbers of the settings', () => {
    expect(noteOn('ipo', settingsOf(view()))).toContain('a margin of 50 nats');
    expect(noteOn('exo_pair', settingsOf(view()))).toContain('raise ε');
    expect(noteOn('exo_pair', settingsOf(view({ labelSmoothing: 0.1 })))).toContain('21.97 nats');
    expect(noteOn('simpo', settingsOf(view({ beta: 2.5, simpoGamma: 1.375 })))).toContain(
      'a margin of 5.5 nats',
    );
    expect(noteOn('kto', settingsOf(view({ z0: 3 })))).toContain('a margin of 6, the rejected one at −6.');
    expect(noteOn('sigmoid', settingsOf(view()))).toBeUndefined();
  });
});

describe('the address', () => {
  const query = (state: LossView, given = '', start = defaultView) => {
    const params = new URLSearchParams(given);
    stateIntoQuery(lossSpace, params, 'loss.', start, state);
    return params.toString();
  };
  const back = (text: string, start = defaultView) =>
    stateFromQuery(lossSpace, new URLSearchParams(text), 'loss.', start);

  test('the standard view needs no query, and keeps what others put there', () => {
    expect(query(defaultView)).toBe('');
    expect(query(defaultView, 'q=beta&span=10&loss.span=10')).toBe('q=beta&span=10');
    expect(back('')).toEqual(defaultView);
  });

  test('a view comes back from its query', () => {
    const given = view({
      losses: ['sigmoid', 'ipo'],
      beta: 0.3,
      labelSmoothing: 0.05,
      simpoGamma: 1.4,
      z0: 2.5,
      tokens: 120,
      span: 100,
      margin: -42,
      scale: 'relative',
    });
    expect(query(given)).toBe(
      'loss.losses=sigmoid.ipo&loss.beta=0.3&loss.labelSmoothing=0.05&loss.simpoGamma=1.4&loss.z0=2.5&loss.tokens=120&loss.span=100&loss.margin=-42&loss.scale=relative',
    );
    expect(back(query(given))).toEqual(given);
    expect(back(query(view({ losses: [] })))).toEqual(view({ losses: [] }));
  });

  test('on a page with a start of its own, that start is the clean address', () => {
    const start = startState(lossSpace, 'losses=kto.sigmoid&beta=0.5');
    expect(start).toEqual(view({ losses: ['sigmoid', 'kto'], beta: 0.5 }));
    expect(query(start, '', start)).toBe('');
    expect(query(defaultView, '', start)).toContain('loss.beta=0.1');
    expect(back('loss.beta=2', start).losses).toEqual(['sigmoid', 'kto']);
  });

  test('what is unknown or out of bounds is left at its default', () => {
    expect(
      back('loss.losses=nope&loss.beta=1e9&loss.labelSmoothing=-1&loss.tokens=x&loss.span=31&loss.scale=big'),
    ).toEqual(defaultView);
    expect(back('loss.span=10&loss.margin=99')).toEqual(view({ span: 10, margin: 10 }));
  });

  test('the cursor stands at round margins within the span', () => {
    expect([0.31, -7.77, 99, -4e-16].map((value) => marginNear(value, 30))).toEqual([0.5, -8, 30, 0]);
    expect(marginNear(-30, 10)).toBe(-10);
    expect(marginNear(0.123, 3)).toBe(0.1);
  });

  test('curves stand in TRL’s order, however they were chosen', () => {
    expect(back('loss.losses=orpo.ipo.sigmoid').losses).toEqual(['sigmoid', 'ipo', 'orpo']);
  });
});

describe('numbers and words', () => {
  test('the readout has the values at the margin', () => {
    const markup = readoutMarkup(view({ losses: ['sigmoid'], margin: 5 }));
    expect(markup).toContain('At a margin of 5 nats');
    expect([...markup.matchAll(/<td>([^<]+)/g)].map(([, cell]) => cell)).toEqual([
      '0.4741',
      '−0.0378',
      '−0.0378',
      '0.0378',
    ]);
  });

  test('the table has a row a round margin and two columns a loss', () => {
    const markup = numbersMarkup(view({ losses: ['hinge', 'sigmoid'] }));
    expect([...markup.matchAll(/scope="row">([^<]+)/g)].map(([, head]) => head)).toEqual([
      '−30',
      '−20',
      '−10',
      '0',
      '10',
      '20',
      '30',
    ]);
    expect(markup).toContain('<td>4.000</td><td>−0.1000</td>');
  });

  test('the slider says the losses at its margin', () => {
    expect(marginInWords(view({ losses: ['sigmoid', 'hinge'], margin: 10 }))).toBe(
      '10 nats: sigmoid 0.313, hinge 0',
    );
  });

  test('notes name the losses that they are about', () => {
    expect(notesMarkup(view())).toBe('');
    expect(notesMarkup(view({ losses: ['sigmoid', 'kto'] }))).toMatch(
      /^<li><code>kto<\/code> takes the pair/,
    );
  });
});
