import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { advise } from '../../../src/memory/advice.ts';
import { GiB } from '../../../src/memory/bytes.ts';
import { estimate } from '../../../src/memory/estimate.ts';
import type { MemorySettings } from '../../../src/memory/settings.ts';
import { recipeRows, recipeRuns, run } from './recipes.ts';

/** What content/reference-guides/estimating-memory.mdx says of the estimator stands there as it is computed here. */
const guide = readFileSync('content/reference-guides/estimating-memory.mdx', 'utf8');
const gib = (bytes: number, digits: number) => (bytes / GiB).toFixed(digits);
const total = (settings: MemorySettings, digits: number) => gib(estimate(settings).total, digits);

test('the run that is worked by hand', () => {
  const { moments, peak, total: whole } = estimate(run('dpo'));
  expect(peak).toBe('end');
  const moment = moments.end;
  expect(guide).toContain(`The estimator says ${gib(whole, 2)} GiB for this run`);
  expect(guide).toContain(`the head's ${gib(moment?.logits ?? 0, 2)}`);
  expect(guide).toContain(
    `on the way (${gib(moment?.activations ?? 0, 2)}), ${gib(moment?.casts ?? 0, 2)} of casts`,
  );
});

test('the case that deceives', () => {
  const halved = run('dpo', { batch: 4, accumulation: 2 });
  expect(estimate(halved).peak).toBe('layers');
  expect(guide).toContain(`${total(run('dpo'), 2)} GiB become ${total(halved, 2)}`);
  expect(guide).toContain(`LoRA takes the run to ${total(run('dpo', { method: 'lora' }), 2)} GiB`);
});

test('where ORPO is larger than DPO, and where not', () => {
  expect(guide).toContain(`gives ORPO ${total(run('orpo'), 1)} GiB and DPO ${total(run('dpo'), 1)}`);
  const large = { model: 'qwen2.5-7b' };
  expect(guide).toContain(`${total(run('orpo', large), 0)} against ${total(run('dpo', large), 0)} GiB`);
  expect(estimate(run('orpo', large)).total).toBeLessThan(estimate(run('dpo', large)).total);
});

test('the table of recipes', () => {
  const totals = recipeRuns.map((settings) => total(settings, 2));
  const [small, large, sampled] = totals;
  expect(guide).toContain(
    `DPO of Qwen2.5-0.5B (${small} in all), DPO of Qwen2.5-7B (${large}), and GRPO of Qwen2.5-7B (${sampled})`,
  );
  for (const row of recipeRows()) expect(guide).toContain(row);
});

test('completions are counted in the batch: a larger group is no larger step', () => {
  expect(estimate(run('grpo', { group: 2 })).total).toBe(estimate(run('grpo', { group: 8 })).total);
});

test('advice is sorted by what it saves, and each change really saves it', () => {
  const found = advise(run('dpo', { model: 'qwen2.5-7b' }));
  expect(found.map(({ change }) => change).join()).toContain('precompute_ref_log_probs=True');
  expect([...found].sort((a, b) => b.saves - a.saves)).toEqual(found);
  expect(advise(run('grpo')).some(({ change }) => change === 'beta=0.0')).toBe(false);
  expect(advise(run('rloo')).some(({ change }) => change === 'beta=0.0')).toBe(true);
});
