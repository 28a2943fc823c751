import { expect, test } from 'vitest';
import { type Route, routes } from '../../../src/chooser/graph.ts';
import { readContent } from '../../../src/collections/read-content.ts';

/* The chooser of the site's own content: what its check can't judge. */
const { chooser, trainers } = await readContent('content');
if (!chooser) throw new Error('expected content/chooser.yaml, found none');
const { results, never } = chooser;
const all = routes(chooser);
const resultOf = ({ result }: Route) => {
  const found = results.find(({ id }) => id === result);
  if (!found) throw new Error(`no result ${result}`);
  return found;
};
const tierOf = (slug: string) => trainers.find((each) => each.slug === slug)?.availability.at(-1)?.tier;

test('where every route ends', () => {
  const lines = all.map((route) => {
    const query = route.steps.map(({ question, answer }) => `${question}=${answer}`).join('&');
    const { take, runners_up } = resultOf(route);
    return `${query}  →  ${take.join(', then ')}  (or ${runners_up.map((second) => second.take.join(', then ')).join('; ')})`;
  });
  expect(`\n${lines.join('\n')}\n`).toMatchInlineSnapshot(`
    "
    data=demonstrations&besides=nothing  →  sft  (or sft, then dpo)
    data=demonstrations&besides=checker  →  sft, then grpo  (or sft; grpo)
    data=demonstrations&besides=verdicts  →  sft, then dpo  (or sft, then kto)
    data=demonstrations&besides=writer  →  gkd  (or sft)
    data=pairs&goal=policy&start=near&reference=copy  →  dpo  (or cpo; kto)
    data=pairs&goal=policy&start=near&reference=cheap  →  dpo  (or cpo)
    data=pairs&goal=policy&start=near&reference=none  →  cpo  (or dpo; orpo)
    data=pairs&goal=policy&start=far  →  sft, then dpo  (or orpo; reward, then rloo)
    data=pairs&goal=policy&start=base&stages=two  →  sft, then dpo  (or orpo)
    data=pairs&goal=policy&start=base&stages=one  →  orpo  (or sft, then dpo)
    data=pairs&goal=explore  →  reward, then rloo  (or dpo; reward, then grpo)
    data=pairs&goal=score  →  reward  (or dpo)
    data=marks&marked=both&partners=yes  →  dpo  (or kto)
    data=marks&marked=both&partners=no  →  kto  (or dpo; sft)
    data=marks&marked=good  →  sft  (or kto)
    data=marks&marked=bad  →  dpo  (or sft)
    data=checker&budget=many-gpus&success=sometimes&truth=no  →  grpo  (or rloo)
    data=checker&budget=many-gpus&success=sometimes&truth=yes  →  rloo  (or grpo; dpo)
    data=checker&budget=many-gpus&success=never  →  sft, then grpo  (or grpo)
    data=checker&budget=one-gpu&success=sometimes&truth=no  →  grpo  (or rloo)
    data=checker&budget=one-gpu&success=sometimes&truth=yes  →  rloo  (or grpo; dpo)
    data=checker&budget=one-gpu&success=never  →  sft, then grpo  (or grpo)
    data=checker&budget=offline  →  dpo  (or sft; kto)
    data=reward-model&sampling=many-gpus&use=value  →  rloo  (or grpo)
    data=reward-model&sampling=many-gpus&use=order  →  online-dpo  (or rloo; dpo)
    data=reward-model&sampling=many-gpus&use=tools  →  grpo  (or rloo)
    data=reward-model&sampling=many-gpus&use=ppo  →  ppo  (or rloo; grpo)
    data=reward-model&sampling=one-gpu&use=value  →  rloo  (or grpo)
    data=reward-model&sampling=one-gpu&use=order  →  online-dpo  (or rloo; dpo)
    data=reward-model&sampling=one-gpu&use=tools  →  grpo  (or rloo)
    data=reward-model&sampling=one-gpu&use=ppo  →  ppo  (or rloo; grpo)
    data=reward-model&sampling=offline  →  dpo  (or sft)
    data=stronger-model&access=weights  →  gkd  (or sft)
    data=stronger-model&access=text  →  sft  (or gkd; dpo)
    data=stronger-model&access=verdict&judge=during  →  online-dpo  (or dpo; grpo)
    data=stronger-model&access=verdict&judge=before  →  dpo  (or online-dpo; kto)
    data=steps&grades=grader  →  prm  (or reward)
    data=steps&grades=solver  →  kto  (or dpo; grpo)
    "
  `);
});

test('nobody is asked more than four questions', () => {
  expect(Math.max(...all.map(({ steps }) => steps.length))).toBeLessThanOrEqual(4);
});

test('every question changes where some route ends', () => {
  for (const { id, answers } of chooser.questions) {
    const ends = answers.map((answer) =>
      all
        .filter(({ steps }) => steps.some((step) => step.question === id && step.answer === answer.id))
        .map((route) => resultOf(route).take.join())
        .sort()
        .join(' '),
    );
    expect(new Set(ends).size, `all answers to ${id} lead to the same trainers`).toBeGreaterThan(1);
  }
});

test('answers that lead to the same say what they change for the run', () => {
  for (const { id, answers } of chooser.questions) {
    for (const answer of answers) {
      const same = answers.filter(({ next, result }) => (next ?? result) === (answer.next ?? answer.result));
      if (same.length > 1) expect(answer.note, `${id}=${answer.id}`).toBeDefined();
    }
  }
});

test('a removed trainer is taken only where nothing that remains does it, and never comes second', () => {
  const removed = results.filter(({ take }) => take.some((slug) => tierOf(slug) === 'removed'));
  expect(removed.map(({ take }) => take)).toEqual([['ppo'], ['prm']]);
  for (const { runners_up } of results)
    for (const { take } of runners_up)
      for (const slug of take) expect(tierOf(slug), slug).not.toBe('removed');
  for (const { trainer } of never) expect(tierOf(trainer), trainer).toBe('removed');
});

test('a choice that is not stable has a stable runner-up', () => {
  for (const { id, take, runners_up } of results) {
    if (take.every((slug) => tierOf(slug) === 'stable')) continue;
    const seconds = runners_up.map((second) => second.take.map(tierOf));
    expect(
      seconds.some((tiers) => tiers.every((tier) => tier === 'stable')),
      id,
    ).toBe(true);
  }
});
