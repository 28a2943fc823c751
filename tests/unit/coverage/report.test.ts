import { describe, expect, test } from 'vitest';
import { type EntryData, entrySchema } from '../../../src/collections/entry.ts';
import { type CoverageInput, type CoveredPage, coverageReport } from '../../../src/coverage/report.ts';
import { coverageSchema, type PageKind } from '../../../src/coverage/report-schema.ts';
import { check, digest, evidence, run, trainer } from './evidence.ts';

const folders = { annotated: 'trainers', guide: 'guides', script: 'examples' } as const;

function page(kind: PageKind, id: string, given: Partial<EntryData> = {}): CoveredPage {
  return {
    ref: `${folders[kind]}/${id}`,
    kind,
    file: `content/${id}`,
    data: entrySchema.parse({
      title: `Page ${id}`,
      question: 'What does this page answer?',
      summary: 'A summary of twenty characters.',
      trainers: ['dpo'],
      difficulty: 1,
      covers: [`topic of ${id}`],
      ...given,
    }),
    body: '',
    lines: 100,
    words: 400,
    minutes: 5,
  };
}

const set = [page('annotated', 'dpo'), page('guide', 'dpo-loss'), page('script', 'dpo-training')];
const allChecks = [
  check({ id: 'dpo/facts', kind: 'facts' }),
  check({ id: 'dpo/equality', kind: 'equality' }),
  check({ id: 'dpo_training/script', kind: 'script', entry: 'examples/dpo-training' }),
];
const whole = (pages = set): CoverageInput => ({
  ...evidence({ checks: allChecks, runs: [run()] }),
  pages,
  paths: [],
});
const dpo = (input: CoverageInput) => coverageReport(input).trainers.find(({ slug }) => slug === 'dpo');

test('a report of one complete set, as /status.json has it', () => {
  const report = coverageReport({ ...whole(), trainers: [trainer('dpo')] });
  expect(coverageSchema.parse(report)).toEqual(report);
  const totals = {
    trainers: 1,
    documented: 1,
    complete: 1,
    pages: { annotated: 1, guide: 1, script: 1 },
    drafts: 0,
    lines: 300,
    words: 1200,
    minutes: 15,
    checks: { current: 4, stale: 0, missing: 0, failing: 0 },
  };
  expect({ ...report, pages: report.pages.length, checks: report.checks.map(({ id }) => id) }).toEqual({
    schema: 1,
    trl: '1.16.0',
    drift: null,
    released: '2026-10-15',
    totals,
    families: [{ family: 'preference', ...totals }],
    trainers: [
      {
        slug: 'dpo',
        name: 'DPO',
        title: 'DPO in full',
        class: 'DPOTrainer',
        config: 'DPOConfig',
        family: 'preference',
        priority: 1,
        availability: { tier: 'stable', since: '1.0.0' },
        facts: '1.16.0',
        draft: false,
        documented: true,
        complete: true,
        pages: {
          annotated: ['trainers/dpo'],
          guide: ['guides/dpo-loss'],
          script: ['examples/dpo-training'],
        },
        covers: ['topic of dpo', 'topic of dpo-loss', 'topic of dpo-training'],
        checks: ['dpo/facts', 'dpo/equality', 'dpo_training/script', 'runs/dpo_training'],
        freshness: 'current',
        reasons: [],
      },
    ],
    pages: 3,
    paths: [],
    remaining: [],
    checks: ['dpo/facts', 'dpo/equality', 'dpo_training/script', 'runs/dpo_training'],
  });
});

test('a page says what it measures and how fresh its checks are', () => {
  expect(coverageReport(whole()).pages[1]).toEqual({
    ref: 'guides/dpo-loss',
    kind: 'guide',
    title: 'Page dpo-loss',
    file: 'content/dpo-loss',
    trainers: ['dpo'],
    family: 'preference',
    draft: false,
    verified: true,
    lines: 100,
    words: 400,
    minutes: 5,
    covers: ['topic of dpo-loss'],
    unchecked: [],
    freshness: 'current',
  });
});

describe('a set is not complete', () => {
  test.each<[string, CoveredPage[], unknown]>([
    ['without its script', set.slice(0, 2), { unwritten: ['script'], unfinished: [] }],
    [
      'with a draft',
      [...set.slice(0, 2), page('script', 'dpo-training', { draft: true })],
      { unwritten: [], unfinished: [{ ref: 'examples/dpo-training', why: 'draft' }] },
    ],
    [
      'with an unverified page',
      [...set.slice(0, 2), page('script', 'dpo-training', { verified: false })],
      { unwritten: [], unfinished: [{ ref: 'examples/dpo-training', why: 'not verified' }] },
    ],
  ])('%s', (_, pages, left) => {
    expect(dpo(whole(pages))).toMatchObject({ documented: true, complete: false });
    expect(coverageReport(whole(pages)).remaining[0]).toMatchObject({
      slug: 'dpo',
      priority: 1,
      ...(left as object),
    });
  });
});

test('one stale check makes the trainer stale, says why, and stays to be done', () => {
  const input = { ...whole(), runs: [run({ inputs: { 'a.py': digest('f') } })] };
  expect(dpo(input)).toMatchObject({
    complete: true,
    freshness: 'stale',
    reasons: ['runs/dpo_training: a.py changed since'],
  });
  expect(coverageReport(input).remaining[0]).toMatchObject({ slug: 'dpo', checks: ['runs/dpo_training'] });
});

test('a registry record that names old facts makes the trainer stale', () => {
  expect(dpo({ ...whole(), trainers: [trainer('dpo', { facts: '1.9.0' })] })).toMatchObject({
    freshness: 'stale',
    reasons: ['the registry names TRL 1.9.0; DPOTrainer is in 1.16.0'],
  });
});

test('a trainer without pages has no freshness, and remains by priority', () => {
  const report = coverageReport({
    ...whole([]),
    trainers: [trainer('zpo', { priority: 2 }), trainer('dpo'), trainer('abc', { priority: 3 })],
  });
  expect(report.trainers.map(({ freshness, documented }) => ({ freshness, documented }))).toEqual(
    Array(3).fill({ freshness: null, documented: false }),
  );
  expect(report.remaining.map(({ slug }) => slug)).toEqual(['dpo', 'zpo', 'abc']);
});

test('the parts add up to the whole, with pages shared by trainers, of no trainer, and drafts', () => {
  const { totals, families } = coverageReport({
    ...whole([
      ...set,
      page('guide', 'rlhf-and-dpo', { trainers: ['ppo', 'dpo'] }),
      page('guide', 'memory', { trainers: [] }),
      page('annotated', 'ppo', { trainers: ['ppo'], draft: true }),
    ]),
  });
  expect(families.map(({ family, pages, drafts }) => [family, pages.guide, drafts])).toEqual([
    ['preference', 1, 0],
    ['rl', 1, 1],
    ['general', 1, 0],
  ]);
  const numbers = ({ pages, checks, ...flat }: Omit<(typeof families)[number], 'family'>) => [
    ...Object.values(pages),
    ...Object.values(checks),
    ...Object.values(flat),
  ];
  const summed = families
    .map(({ family, ...rest }) => numbers(rest))
    .reduce((sum, part) => sum.map((n, i) => n + (part[i] ?? Number.NaN)));
  expect(summed).toEqual(numbers(totals));
  expect(totals).toMatchObject({
    trainers: 2,
    documented: 2,
    pages: { annotated: 1, guide: 3, script: 1 },
    drafts: 1,
  });
});

test('a check that no page claims is reported all the same', () => {
  const extra = check({ id: 'sft/equality', kind: 'equality', trainers: ['sft'], failed: 1 });
  const { checks, totals } = coverageReport({ ...evidence({ checks: [extra] }), pages: [], paths: [] });
  expect(checks).toEqual([
    expect.objectContaining({ id: 'sft/equality', state: 'failing', family: 'general', pages: [] }),
  ]);
  expect(totals.checks).toEqual({ current: 0, stale: 0, missing: 0, failing: 1 });
});

describe('trainers', () => {
  test('stand by priority, then by slug', () => {
    const report = coverageReport({
      ...whole([]),
      trainers: [trainer('c', { priority: 2 }), trainer('b', { priority: 1 }), trainer('a', { priority: 2 })],
    });
    expect(report.trainers.map(({ slug }) => slug)).toEqual(['b', 'a', 'c']);
  });

  test('are available as their last record says', () => {
    const records = [
      { tier: 'stable' as const, since: '0.25.1' },
      { tier: 'experimental' as const, since: '0.29.0' },
    ];
    expect(dpo({ ...whole(), trainers: [trainer('dpo', { availability: records })] })?.availability).toEqual(
      records[1],
    );
  });

  test('without facts say so; only those with pages give reasons', () => {
    expect(dpo({ ...whole(), facts: [] })).toMatchObject({
      facts: null,
      freshness: 'stale',
      reasons: ['no facts hold DPOTrainer: `npm run facts`'],
    });
    expect(dpo({ ...whole([]), facts: [] })).toMatchObject({ freshness: null, reasons: [] });
  });

  test('with drafts alone are not documented, and have no freshness', () => {
    const draft = page('guide', 'dpo-loss', { draft: true });
    const report = coverageReport(whole([draft]));
    expect(report.trainers[0]).toMatchObject({ documented: false, freshness: null, covers: [] });
    expect(report.remaining[0]).toMatchObject({ unfinished: [{ ref: 'guides/dpo-loss', why: 'draft' }] });
  });

  test('a record that is not finished counts for nothing', () => {
    expect(
      coverageReport({ ...whole([]), trainers: [trainer('dpo', { draft: true })] }).totals.trainers,
    ).toBe(0);
  });

  test('what two of its pages cover is told once', () => {
    const twice = [page('guide', 'a', { covers: ['x', 'y'] }), page('guide', 'b', { covers: ['y', 'z'] })];
    expect(dpo(whole(twice))?.covers).toEqual(['x', 'y', 'z']);
  });
});

describe('a page', () => {
  test('that surveys more than three trainers belongs to none of them', () => {
    const survey = page('guide', 'survey', { trainers: ['dpo', 'ppo', 'kto', 'orpo'] });
    expect(dpo(whole([survey]))).toMatchObject({ documented: false, pages: { guide: [] } });
    expect(coverageReport(whole([survey])).remaining[0]).toMatchObject({ unfinished: [] });
    const few = page('guide', 'few', { trainers: ['dpo', 'ppo', 'kto'] });
    expect(dpo(whole([few]))).toMatchObject({ documented: true, pages: { guide: ['guides/few'] } });
  });

  test('that needs no check has no freshness; one that has several has the worst', () => {
    const pages = [page('guide', 'memory', { trainers: [] }), page('annotated', 'dpo')];
    const report = coverageReport({
      ...evidence({ checks: [check({ id: 'dpo/facts', kind: 'facts' })] }),
      pages,
      paths: [],
    });
    expect(report.pages.map(({ freshness, family }) => [freshness, family])).toEqual([
      [null, 'general'],
      ['missing', 'preference'],
    ]);
  });

  test('that is a draft owes no check that nobody ran, but those that were run count', () => {
    const draft = page('annotated', 'dpo', { draft: true });
    const report = coverageReport({
      ...evidence({ checks: [check({ id: 'dpo/facts', kind: 'facts' })] }),
      pages: [draft],
      paths: [],
    });
    expect(report.checks.map(({ id, pages }) => [id, pages])).toEqual([['dpo/facts', ['trainers/dpo']]]);
  });
});

test('a check names every page that it concerns, and stands once', () => {
  const report = coverageReport(whole());
  expect(report.checks.map(({ id, pages }) => [id, pages])).toEqual([
    ['dpo/facts', ['trainers/dpo', 'guides/dpo-loss', 'examples/dpo-training']],
    ['dpo/equality', ['trainers/dpo', 'guides/dpo-loss']],
    ['dpo_training/script', ['examples/dpo-training']],
    ['runs/dpo_training', ['examples/dpo-training']],
  ]);
});

test('the release is the newest of the facts, whatever their order', () => {
  const { facts } = evidence();
  expect(coverageReport({ ...whole(), facts: [...facts].reverse() })).toMatchObject({ trl: '1.16.0' });
  expect(coverageReport({ ...whole(), facts: [] })).toMatchObject({ trl: null, released: null });
});

test('learning paths are told with their steps, drafts too', () => {
  const step = { why: 'It comes first.', checkpoint: { question: 'What is it?', answer: 'This.' } };
  const steps = [
    { ref: 'guides/dpo-loss', ...step },
    { ref: 'trainers/dpo', ...step },
  ];
  const paths = [{ slug: 'rl', title: 'RL', draft: true, steps }];
  expect(coverageReport({ ...whole(), paths }).paths).toEqual([
    { slug: 'rl', title: 'RL', draft: true, steps: 2 },
  ]);
});

test('families stand in their order, and one that holds nothing is left out', () => {
  const report = coverageReport({
    ...whole([]),
    trainers: [trainer('ppo', { family: 'rl' }), trainer('sft', { family: 'supervised', priority: 2 })],
  });
  expect(report.families.filter(({ trainers }) => trainers > 0).map(({ family }) => family)).toEqual([
    'supervised',
    'rl',
  ]);
});

describe('of what a trainer’s pages need', () => {
  const ppoGuide = page('guide', 'ppo', { trainers: ['ppo'] });
  const input = (): CoverageInput => ({
    ...evidence({
      checks: [
        check({ id: 'ppo/facts', kind: 'facts', trainers: ['ppo'], trl: '1.12.0' }),
        check({ id: 'both/equality', kind: 'equality', trainers: ['ppo', 'dpo'], trl: '1.16.0' }),
        check({ id: 'dpo/facts', kind: 'facts', failed: 1 }),
      ],
    }),
    pages: [page('annotated', 'dpo'), ppoGuide],
    paths: [],
  });

  test('a check of two trainers concerns the pages of both, those of others none', () => {
    const report = coverageReport(input());
    expect(report.trainers.map(({ slug, checks }) => [slug, checks])).toEqual([
      ['dpo', ['dpo/facts', 'both/equality']],
      ['ppo', ['ppo/facts', 'both/equality']],
    ]);
    expect(report.checks.find(({ id }) => id === 'both/equality')).toMatchObject({
      trainers: ['ppo', 'dpo'],
      family: 'rl',
      pages: ['trainers/dpo', 'guides/ppo'],
    });
  });

  test('only what is not current is a reason', () => {
    expect(dpo(input())?.reasons).toEqual(['dpo/facts: 1 of 4 assertions failed']);
  });

  test('only its own pages remain to be finished', () => {
    const draft = page('guide', 'ppo', { trainers: ['ppo'], draft: true });
    const { remaining } = coverageReport({ ...input(), pages: [page('annotated', 'dpo'), draft] });
    expect(remaining.map(({ slug, unfinished }) => [slug, unfinished.map(({ ref }) => ref)])).toEqual([
      ['dpo', []],
      ['ppo', ['guides/ppo']],
    ]);
  });
});

test('checks of all pages stand by kind, whichever page came first', () => {
  const report = coverageReport({
    ...evidence({
      checks: [check({ id: 'dpo_training/script', kind: 'script', entry: 'examples/dpo-training' })],
    }),
    pages: [page('script', 'dpo-training'), page('annotated', 'dpo')],
    paths: [],
  });
  expect(report.checks.map(({ kind }) => kind)).toEqual(['facts', 'facts', 'equality', 'script', 'run']);
});

test('a family of one trainer and one page is none that holds nothing', () => {
  const guide = page('guide', 'dpo-loss', { draft: true });
  const { families } = coverageReport({
    ...evidence(),
    trainers: [trainer('dpo')],
    pages: [guide],
    paths: [],
  });
  expect(families.map(({ family }) => family)).toEqual(['preference']);
});
