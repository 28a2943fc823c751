import { describe, expect, test } from 'vitest';
import facts from '../../../../content/trl/1.12.0.json' with { type: 'json' };
import { gaeChart, stateNames } from '../../../../src/explorers/gae/chart.ts';
import { estimate } from '../../../../src/explorers/gae/estimate.ts';
import {
  episodeOf,
  followed,
  type GaeView,
  gaeSpace,
  presets,
  statesOf,
} from '../../../../src/explorers/gae/view.ts';
import {
  describe as inWords,
  numbersMarkup,
  readings,
  settingsText,
  stateInWords,
} from '../../../../src/explorers/gae/words.ts';
import { startState, stateIntoQuery } from '../../../../src/explorers/state.ts';

const defaultView = gaeSpace.standard;
const settled = (view: GaeView): GaeView => gaeSpace.settle?.(view) ?? view;
const view = (given: Partial<GaeView> = {}): GaeView => settled({ ...defaultView, ...given });
const viewFromQuery = (query: string) => startState(gaeSpace, query);
const viewToQuery = (view: GaeView) => {
  const query = new URLSearchParams();
  stateIntoQuery(gaeSpace, query, '', defaultView, view);
  return decodeURIComponent(query.toString());
};

const preset = (name: string, from: GaeView = defaultView): GaeView => {
  const found = presets.find((each) => each.name === name);
  if (!found) throw new Error(`expected a preset ${name}`);
  return settled({ ...from, ...found.change(from) });
};

test('γ and λ start at PPOConfig’s defaults', () => {
  const fields = facts.classes.find(({ name }) => name === 'PPOConfig')?.fields ?? [];
  const standard = (name: string) => String(fields.find((each) => each.name === name)?.default);
  expect(Number(standard('gamma'))).toBe(defaultView.gamma);
  expect(Number(standard('lam'))).toBe(defaultView.lam);
  expect(standard('whiten_rewards').toLowerCase()).toBe('false');
});

describe('presets', () => {
  test('reward only at the end', () => {
    const { rewards } = estimate(episodeOf(preset('Reward only at the end')));
    expect(rewards).toEqual([0, 0, 0, 0, 0, 0, 1]);
  });

  test('a perfect critic knows the rewards and the γ that stand there', () => {
    for (const from of [defaultView, view({ gamma: 0.9, rewards: [0.1, 0, 0.3, 0, 0, -0.2] })]) {
      const { deltas } = estimate(episodeOf(preset('Perfect critic', from)));
      for (const delta of deltas) expect(delta).toBeCloseTo(0, 5);
    }
    expect(preset('Perfect critic').values.slice(0, 6)).toEqual([1, 1, 1, 1, 1, 1]);
  });

  test('a zero critic keeps the rest', () => {
    const found = preset('Zero critic', view({ lam: 0.3 }));
    expect(estimate(episodeOf(found)).values).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect(found.lam).toBe(0.3);
  });

  test('by hand: the numbers of the guide’s table', () => {
    const { advantages } = estimate(episodeOf(preset('By hand, with KL')));
    expect(advantages.map((value) => value.toFixed(4))).toEqual([
      '0.1875',
      '0.1750',
      '0.5500',
      '0.3000',
      '0.2000',
    ]);
  });

  test('λ = 0 and λ = 1 change λ alone', () => {
    expect(preset('λ = 0')).toEqual(view({ lam: 0 }));
    expect(preset('λ = 1')).toEqual(view({ lam: 1 }));
  });
});

describe('the address', () => {
  test('the standard view needs no query', () => {
    expect(viewToQuery(defaultView)).toBe('');
    expect(viewFromQuery('')).toEqual(defaultView);
  });

  test.each(presets)('what the preset $name shows comes back from its query', ({ name }) => {
    expect(viewFromQuery(viewToQuery(preset(name)))).toEqual(preset(name));
  });

  test('a view comes back from its query', () => {
    const query =
      'tokens=4&rewards=0,0.5,0,-1&values=1,2,3,4&endValue=-2&score=3&ended=0&gamma=0.9&lam=0.1&whitenRewards=1&whitenAdvantages=1&follow=2';
    const found = viewFromQuery(query);
    expect(found).toEqual({
      tokens: 4,
      rewards: [0, 0.5, 0, -1],
      values: [1, 2, 3, 4],
      endValue: -2,
      score: 3,
      ended: false,
      gamma: 0.9,
      lam: 0.1,
      whitenRewards: true,
      whitenAdvantages: true,
      follow: 2,
    });
    expect(viewToQuery(found)).toBe(query);
  });

  test.each([
    'rewards=1,2',
    'values=1,2,3,4,5,6,7,8,9',
    'gamma=1.5&lam=-0.1&follow=9',
    'score=much&endValue=',
    'values=1,2,x,4,5,6',
  ])('what is broken in %s is left at the default', (query) => {
    expect(viewFromQuery(query)).toEqual(defaultView);
  });
});

describe('states', () => {
  test('an answer that ended has one more state than tokens, and the last one is followed', () => {
    expect(stateNames(view({ tokens: 4 }))).toEqual(['t = 0', 't = 1', 't = 2', 't = 3', 'end']);
    expect([statesOf(view()), followed(view())]).toEqual([7, 6]);
    expect([statesOf(view({ ended: false })), followed(view({ ended: false }))]).toEqual([6, 5]);
    expect(followed(view({ follow: 2 }))).toBe(2);
  });

  test('the chart has a strip more when advantages are whitened', () => {
    expect(gaeChart(view()).strips).toHaveLength(6);
    expect(gaeChart(view({ whitenAdvantages: true })).strips).toHaveLength(7);
  });

  test('the advantage’s strip holds its limits', () => {
    const strip = gaeChart(view({ lam: 0 })).strips.find(({ name }) => name === 'advantage Â');
    expect(strip?.marks?.map(({ name }) => name)).toEqual(['λ = 0', 'λ = 1']);
    expect(strip?.values).toEqual(strip?.marks?.[0]?.values);
  });
});

describe('what the learner is told', () => {
  const told = (given: Partial<GaeView> = {}) => readings(view(given)).join('\n');

  test('how far back credit reaches', () => {
    // 0.95⁶ = 0.735092
    expect(told()).toContain(
      'half of it is left after 13.5 tokens. Token 0 hears 0.7351 of the surprise at the end, 6 steps later',
    );
    expect(told({ lam: 0 })).toContain('nothing is passed on');
    expect(told({ lam: 1 })).toContain('passed on whole');
    expect(told({ lam: 0.5, follow: 1 })).toContain(
      'Token 0 hears 0.5000 of the surprise at token 1, 1 step later',
    );
  });

  test('both limits by name, and all three numbers between them', () => {
    expect(told({ lam: 0 })).toContain('the advantage is the TD error');
    expect(told({ lam: 1 })).toContain('Monte Carlo');
    expect(told({ lam: 0.5 })).toMatch(
      /Token 0: 0\.1000 is its TD error.*0\.8000 the rewards to come minus V/,
    );
  });

  test('a perfect critic leaves nothing to learn, a zero critic leaves the rewards', () => {
    expect(readings(preset('Perfect critic')).join()).toContain('The critic is perfect');
    expect(readings(preset('Zero critic')).join()).toContain('The critic says 0 everywhere');
    expect(told()).not.toContain('critic');
  });

  test('a token whose advantage has the other sign than its TD error', () => {
    // δ of token 1 is 0.2 - 0.3
    expect(told()).toMatch(/Tokens? 1.*other sign/);
    expect(told()).toContain('token 1 has δ = −0.1000');
  });

  test('where the score stands', () => {
    expect(told()).toContain('one place after the last token');
    expect(told({ ended: false })).toContain('adds the score to the last token, 5');
  });

  test('what whitening does, and when it leaves nothing', () => {
    expect(told({ whitenAdvantages: true })).toContain('mean 0 and variance 1');
    expect(readings({ ...preset('Perfect critic'), whitenAdvantages: true }).join()).toContain(
      'equal advantages become 0',
    );
    expect(told({ whitenRewards: true })).toContain('whiten_rewards divides');
  });

  test('one state in full', () => {
    expect(stateInWords(view({ lam: 0 }), 0)).toBe(
      'Token 0: reward 0.0000, value 0.2000, δ 0.1000, advantage 0.1000, return 0.3000',
    );
    expect(stateInWords(view(), 6)).toMatch(/^After the end: reward 1\.0000/);
  });

  test('settings, description and table', () => {
    expect(settingsText(defaultView)).toBe('γ = 1, λ = 0.95, score 1');
    expect(inWords(defaultView)).toContain('TD errors 0.1, −0.1, 0.3, 0.2, −0.1, 0.2, 0.2');
    expect(numbersMarkup(defaultView).match(/scope="row"/g)).toHaveLength(7);
    expect(numbersMarkup(view({ whitenAdvantages: true }))).toContain('whitened');
  });
});
