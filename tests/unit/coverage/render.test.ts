import { expect, test } from 'vitest';
import { coverageOf } from '../../../src/coverage/from-source.ts';
import { renderMarkdown } from '../../../src/coverage/render-markdown.ts';
import { renderTerminal } from '../../../src/coverage/render-terminal.ts';
import { check, digest, evidence, trainer } from './evidence.ts';

const data = {
  title: 'The DPO loss',
  question: 'Where does it come from?',
  summary: 'A summary of twenty characters.',
  trainers: ['dpo'],
  difficulty: 1,
  prerequisites: [],
  covers: ['the derivation'],
  papers: [],
  next: [],
  verified: true,
  draft: false,
  unchecked: [],
};

const report = coverageOf(
  {
    ...evidence({ checks: [check({ id: 'dpo/facts', kind: 'facts', inputs: { 'a.py': digest('b') } })] }),
    trainers: [
      trainer('dpo', { availability: [{ tier: 'stable', since: '<=0.25.1' }] }),
      trainer('ppo', {
        priority: 2,
        family: 'rl',
        facts: '1.12.0',
        availability: [{ tier: 'removed', since: '1.13.0' }],
      }),
    ],
    annotated: [],
    guides: [
      {
        ref: 'guides/dpo-loss',
        file: 'content/dpo-loss.mdx',
        data,
        body: 'Three short words.\n',
        bodyLine: 10,
      },
    ],
    scripts: [],
    newerFacts: [],
    distilled: [],
    paths: [
      { slug: 'rl', title: 'RL', draft: false, steps: [] },
      { slug: 'my-path', title: 'My path', draft: true, steps: [] },
    ],
  },
  new Map([['a.py', digest('a')]]),
);

test('the terminal shows trainers, sums, late checks and what remains', () => {
  expect(renderTerminal(report)).toBe(`TRL 1.16.0 (2026-10-15)

trainer  in TRL                          annotated  guide            script  checks          freshness
dpo      stable since 0.25.1 or earlier  none       10 lines, 1 min  none    0 of 1 current  ~ stale
ppo      removed in 1.13.0               none       none             none    none            –

preference  1 trainer, 1 documented, 0 complete; 1 page, 10 lines, 3 words, 1 min
rl          1 trainer, 0 documented, 0 complete; 0 pages, 0 lines, 0 words, 0 min
all         2 trainers, 1 documented, 0 complete; 1 page, 10 lines, 3 words, 1 min

2 learning paths, 1 draft: My path (my-path)

Checks that are not current
  ~ stale  dpo/facts  a.py changed since

What remains
  1.  dpo  write annotated trainer, example script; run dpo/facts (stale)
  2.  ppo  write annotated trainer, reference guide, example script
`);
});

test('STATUS.md says the same as Markdown tables', () => {
  expect(renderMarkdown(report)).toBe(`# Status

Checked against TRL 1.16.0, released 2026-10-15. Computed from the content folder; not written by hand.

2 trainers, 1 documented, 0 complete; 1 page, 10 lines, 3 words, 1 min.

## Trainers

| Trainer | Family | In TRL | Annotated | Guide | Script | Checks | Freshness |
| --- | --- | --- | --- | --- | --- | --- | --- |
| DPO | preference | stable since 0.25.1 or earlier | none | 10 lines, 1 min | none | 0 of 1 current | ~ stale |
| PPO | rl | removed in 1.13.0 | none | none | none | none | – |

## Families

- **preference**: 1 trainer, 1 documented, 0 complete; 1 page, 10 lines, 3 words, 1 min
- **rl**: 1 trainer, 0 documented, 0 complete; 0 pages, 0 lines, 0 words, 0 min

2 learning paths, 1 draft: My path (my-path).

## What is covered

- \`guides/dpo-loss\`: the derivation

## What remains

1. **DPO**: write annotated trainer, example script; run dpo/facts (stale)
2. **PPO**: write annotated trainer, reference guide, example script

## Checks

| Check | State | TRL | Date | Passed | Failed | Why |
| --- | --- | --- | --- | --- | --- | --- |
| Check dpo/facts (\`dpo/facts\`) | ~ stale | 1.16.0 | 2026-11-01 | 3 | 0 | a.py changed since |
`);
});
