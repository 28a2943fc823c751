import { expect, test } from 'vitest';
import { classSource, metricNames } from '../../../src/scaffold/logged-metrics.ts';

test('names that a trainer sets are read off its source, in order, each once', () => {
  const source = `
        self.stats = {
            "objective/kl": [],
            "rewards/chosen": [],
        }
        self.stats["beta"].append(self.beta)
        metrics[f"{prefix}logps/chosen"] = chosen
        metrics["delta"] = delta
        self._metrics[mode]["entropy"].append(entropy)
        self.stats["objective/kl"].append(kl)
`;
  expect(metricNames(source)).toEqual([
    'objective/kl',
    'rewards/chosen',
    'beta',
    'logps/chosen',
    'delta',
    'entropy',
  ]);
});

test('inputs, sums for a later mean and model names are no metrics', () => {
  const source = `
        inputs["input_ids"] = ids
        metrics["rewards/chosen_sum"] = total
        metrics["count/chosen"] = n
        name = self.args.hub_model_id.split("/")[-1]
`;
  expect(metricNames(source)).toEqual([]);
});

test('without a source there is none to read', async () => {
  expect(await classSource({ file: 'trl/x.py', lines: [1, 2] }, ['tests/nowhere'])).toBeUndefined();
});
