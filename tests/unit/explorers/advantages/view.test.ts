import { describe, expect, test } from 'vitest';
import facts from '../../../../content/trl/1.16.0.json' with { type: 'json' };
import { advantageCharts } from '../../../../src/explorers/advantages/charts.ts';
import { methods } from '../../../../src/explorers/advantages/methods.ts';
import {
  type AdvantagesView,
  advantagesSpace,
  batchOf,
  presets,
} from '../../../../src/explorers/advantages/view.ts';
import {
  answerInWords,
  formulasMarkup,
  describe as inWords,
  numbersMarkup,
  readings,
} from '../../../../src/explorers/advantages/words.ts';
import { startState, stateIntoQuery } from '../../../../src/explorers/state.ts';

const defaultView = advantagesSpace.standard;
const viewFromQuery = (query: string) => startState(advantagesSpace, query);
const viewToQuery = (view: AdvantagesView) => {
  const query = new URLSearchParams();
  stateIntoQuery(advantagesSpace, query, '', defaultView, view);
  return decodeURIComponent(query.toString());
};
const preset = (name: string): AdvantagesView => {
  const found = presets.find((each) => each.name === name);
  if (!found) throw new Error(`expected a preset ${name}`);
  return found.view;
};

describe('the methods', () => {
  test('TRL’s settings exist in the release that they are read off', () => {
    const fields = (name: string) => facts.classes.find((each) => each.name === name)?.fields ?? [];
    const scale = fields('GRPOConfig').find(({ name }) => name === 'scale_rewards');
    expect(JSON.stringify(scale)).toContain('group');
    expect(fields('RLOOConfig').map(({ name }) => name)).toContain('normalize_advantages');
  });

  test('each says its formula and where it is from', () => {
    const markup = formulasMarkup();
    for (const { name, formula, source } of methods) {
      expect(markup).toContain(name);
      expect(markup).toContain(formula);
      expect(source).toMatch(/Trainer|\d{4}\.\d{5}/);
    }
  });
});

describe('the address', () => {
  test('the standard view needs no query', () => {
    expect(viewToQuery(defaultView)).toBe('');
    expect(viewFromQuery('')).toEqual(defaultView);
  });

  test.each(presets)('the preset $name comes back from its query', ({ view }) => {
    expect(viewFromQuery(viewToQuery(view))).toEqual(view);
  });

  test('a view comes back from its query', () => {
    const query = 'answers=3&first=1,-0.5,2&second=0,0,12.25&values=0,-3&whiten=1';
    const view = viewFromQuery(query);
    expect(batchOf(view)).toEqual({
      groups: [
        [1, -0.5, 2],
        [0, 0, 12.25],
      ],
      values: [0, -3],
      whiten: true,
    });
    expect(viewToQuery(view)).toBe(query);
  });

  test.each([
    'first=1',
    'first=1,x,0,0',
    'first=1,,0,0',
    'first=1e9,0,0,0',
    'first=1,2,3,4,5,6,7,8,9',
    'values=1&whiten=maybe&answers=2.5.1',
  ])('a broken query, %s, is left at the default', (query) => {
    expect(viewFromQuery(query)).toEqual(defaultView);
  });

  test('both prompts have as many answers as the view says', () => {
    expect(viewFromQuery('answers=2')).toMatchObject({ first: [1, 0], second: [9, 9] });
    expect(viewFromQuery('answers=5').second).toEqual([9, 9, 9, 1, 0]);
  });
});

describe('the charts', () => {
  test('a strip for the rewards and each method, a column an answer', () => {
    const charts = advantageCharts(defaultView);
    expect(charts.map(({ strips }) => strips.length)).toEqual([8, 8]);
    expect(charts[1]?.strips[0]?.values).toEqual([9, 9, 9, 1]);
    expect(charts[0]?.columns).toHaveLength(4);
  });

  test('a method has one scale for both prompts', () => {
    const [first, second] = advantageCharts(preset('One outlier'));
    expect(first?.strips.map(({ domain }) => domain)).toEqual(second?.strips.map(({ domain }) => domain));
  });
});

describe('what the learner is told', () => {
  const told = (view: AdvantagesView) => readings(view).join('\n');

  test('all equal: methods that compare answers are silent, PPO with a value is not', () => {
    const text = told(preset('All equal'));
    expect(text).toContain('All rewards of prompt 1 and prompt 2 are equal');
    expect(text).toContain('Dr. GRPO and RLOO give 0');
    expect(text).toContain('REINFORCE++ has no groups: it gives +0.9352 and −0.9352');
    expect(text).toContain('PPO with a value gives +0.4000 and −0.3000');
  });

  test('one flat prompt of two is named alone', () => {
    const text = told(viewFromQuery('answers=2&first=1,1&second=0,1'));
    expect(text).toContain('All rewards of prompt 1 are equal');
    expect(text).toContain('a difference of 1 becomes ±0.7070');
  });

  test('equal rewards everywhere silence REINFORCE++ too', () => {
    expect(told(viewFromQuery('answers=2&first=1,1&second=1,1'))).toContain('REINFORCE++ gives 0 too');
  });

  test('G = 2: the size of the difference vanishes under scale_rewards="group"', () => {
    const text = told(preset('G = 2'));
    expect(text).toContain('a difference of 1 becomes ±0.7070 (Dr. GRPO: ±0.5000)');
    expect(text).toContain('a difference of 0.1 becomes ±0.7061 (Dr. GRPO: ±0.0500)');
  });

  test('one lucky answer comes near the largest advantage that a group allows', () => {
    const text = told(preset('One lucky answer'));
    expect(text).toContain('Prompt 1, answer 1 stands apart');
    expect(text).toContain('gives +2.4742, and never more than (G − 1)/√G = 2.4749');
    expect(text).toContain('The others get −0.3535 each.');
  });

  test('one outlier: RLOO follows it all the way, division by the deviation does not', () => {
    const text = told(preset('One outlier'));
    expect(text).toContain('Prompt 1, answer 4 stands apart');
    expect(text).toContain('RLOO gives it +8.5000');
    expect(text).toContain('what sets them apart hardly counts');
    expect(text).toContain('Prompt 2 has');
  });

  test('no answer stands apart where rewards are evenly spread', () => {
    expect(told(viewFromQuery('answers=3&first=1,2,3&second=1,2,3'))).not.toContain('stands apart');
  });

  test('the line of one answer has it under every method', () => {
    expect(answerInWords(defaultView, 1, 3)).toBe(
      'Prompt 2, answer 4, reward 1: GRPO, scale_rewards="group" −1.5000; GRPO, scale_rewards="batch" −1.3739; Dr. GRPO, scale_rewards="none" −6.0000; RLOO −8.0000; RLOO, normalize_advantages −2.2677; REINFORCE++, no groups −0.6297; PPO with a value −5.0000',
    );
  });

  test('the table has four decimals and a row a method', () => {
    const markup = numbersMarkup(preset('G = 2'));
    expect(markup.match(/<tr><th scope="row">/g)).toHaveLength(16);
    expect(markup).toContain('<td>0.7061</td><td>−0.7061</td>');
  });

  test('the description tells rewards and advantages', () => {
    expect(inWords(preset('G = 2'), 1)).toContain('Rewards 1, 0.9.');
    expect(inWords(preset('G = 2'), 1)).toContain('GRPO, scale_rewards="group": 0.7061, −0.7061');
  });
});
