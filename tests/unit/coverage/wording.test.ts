import { describe, expect, test } from 'vitest';
import { coverageOf } from '../../../src/coverage/from-source.ts';
import { renderMarkdown } from '../../../src/coverage/render-markdown.ts';
import { renderTerminal } from '../../../src/coverage/render-terminal.ts';
import { type Coverage, coverageSchema, type ReportedTrainer } from '../../../src/coverage/report-schema.ts';
import {
  availabilityText,
  checksText,
  counted,
  driftText,
  freshnessText,
  kindText,
  pathsText,
  remainingText,
  totalsText,
  trainerText,
} from '../../../src/coverage/wording.ts';
import { check, digest, evidence, release, run, trainer } from './evidence.ts';

const data = {
  title: 'The DPO loss',
  question: 'Where does it come from?',
  summary: 'A summary of twenty characters.',
  trainers: ['dpo'],
  difficulty: 1,
  prerequisites: [],
  covers: ['the loss', 'its gradient'],
  papers: [],
  next: [],
  verified: true,
  draft: false,
  unchecked: [],
};
const entry = (ref: string, lines: number, given: Partial<typeof data> & { distilled?: string } = {}) => ({
  ref,
  file: `content/${ref}.mdx`,
  data: { ...data, ...given },
  body: 'A line.\n'.repeat(lines),
  bodyLine: 1,
});

const source = {
  ...evidence({
    checks: [
      check({ id: 'dpo/facts', kind: 'facts' }),
      check({ id: 'dpo/equality', kind: 'equality', failed: 1 }),
      check({ id: 'dpo/late', kind: 'facts', inputs: { 'a.py': digest('b'), 'b.py': digest('b') } }),
    ],
  }),
  trainers: [
    trainer('dpo', { availability: [{ tier: 'stable', since: '1.9.0' }] }),
    trainer('tpo', { draft: true, priority: 2 }),
  ],
  annotated: [entry('trainers/dpo', 1200, { distilled: 'dpo' })],
  guides: [
    entry('guides/dpo-loss', 1),
    entry('guides/dpo-data', 2),
    entry('guides/dpo-raw', 4, { draft: true, covers: ['unsaid'] }),
    entry('guides/dpo-old', 5, { verified: false }),
  ],
  scripts: [],
  newerFacts: [release('1.17.0')],
  distilled: [],
  paths: [{ slug: 'rl', title: 'RL', draft: false, steps: [] }],
};
const findings = [
  { file: 'content/guides/dpo-loss.mdx', line: 3, message: 'TRL 1.17.0: `DPOConfig` has no field `beta`' },
  { file: 'content/guides/dpo-loss.mdx', line: 9, message: 'TRL 1.17.0: no `DPOTrainer.x`' },
  { file: 'content/distilled/dpo.py', line: 7, message: 'TRL 1.17.0: `DPOTrainer.y` changed' },
  { file: 'content/glossary.yaml', line: 1, message: 'TRL 1.17.0: no `DPOConfig.z` | gone' },
];
const digests = new Map([['a.py', digest('a')]]);
const report = coverageOf(source, digests, findings);
const [dpo, tpo] = report.trainers;

/** A trainer of the report. Throws when it is not there. */
function there(found: ReportedTrainer | undefined): ReportedTrainer {
  if (!found) throw new Error('expected a trainer in the report');
  return found;
}

test('numbers come with a thousands separator and a unit in the right number', () => {
  expect([0, 1, 2, 1204].map((n) => counted(n, 'line'))).toEqual([
    '0 lines',
    '1 line',
    '2 lines',
    '1,204 lines',
  ]);
});

test.each([
  ['stable', '1.9.0', 'stable since 1.9.0'],
  ['experimental', '<=0.25.1', 'experimental since 0.25.1 or earlier'],
  ['removed', '1.13.0', 'removed in 1.13.0'],
] as const)('a trainer that is %s, of %s: %s', (tier, since, said) => {
  expect(availabilityText({ tier, since })).toBe(said);
});

test('a cell adds the published pages of its kind up; a draft is called one', () => {
  const { pages } = report;
  expect(kindText(there(dpo), 'annotated', pages)).toBe('1,200 lines, 12 min');
  expect(kindText(there(dpo), 'guide', pages)).toBe('3 pages, 8 lines, 3 min');
  expect(kindText(there(dpo), 'script', pages)).toBe('none');
  const drafts = pages.filter(({ ref }) => ref === 'guides/dpo-raw');
  expect(kindText(there(dpo), 'guide', drafts)).toBe('draft');
});

test('a record that is not finished is called a draft, under its name and its slug', () => {
  expect([trainerText(there(tpo), 'name'), trainerText(there(dpo), 'name')]).toEqual(['TPO (draft)', 'DPO']);
  expect(trainerText(there(tpo), 'slug')).toBe('tpo (draft)');
});

test('learning paths, with their drafts by name', () => {
  const path = (slug: string, draft: boolean) => ({ slug, title: `Path ${slug}`, draft, steps: 3 });
  expect(pathsText({ paths: [path('a', false)] })).toBe('1 learning path');
  expect(pathsText({ paths: [path('a', false), path('b', true), path('c', true)] })).toBe(
    '3 learning paths, 2 drafts: Path b (b), Path c (c)',
  );
});

test('of the checks it says how many are current', () => {
  expect(checksText(there(dpo), report)).toBe('1 of 3 current');
  expect(checksText(there(tpo), report)).toBe('none');
});

test.each([
  ['current', '✓ current'],
  ['stale', '~ stale'],
  ['missing', '· missing'],
  ['failing', '✗ failing'],
  [null, '–'],
] as const)('the state %s has a mark that needs no colour: %s', (state, said) => {
  expect(freshnessText(state)).toBe(said);
});

describe('what remains for a trainer', () => {
  const rest = { slug: 'dpo', name: 'DPO', priority: 1, unwritten: [], unfinished: [], checks: [] };

  test('pages to write and to finish, and checks to run with the state they are in', () => {
    const all: Coverage['remaining'][number] = {
      ...rest,
      unwritten: ['annotated', 'script'],
      unfinished: [
        { ref: 'guides/a', why: 'draft' },
        { ref: 'guides/b', why: 'not verified' },
      ],
      checks: ['dpo/equality', 'dpo/unheard-of'],
    };
    expect(remainingText(all, report)).toBe(
      'write annotated trainer, example script; finish guides/a (draft), guides/b (not verified); run dpo/equality (failing), dpo/unheard-of (missing)',
    );
  });

  test('when nothing else is left, its facts are out of date', () => {
    expect(remainingText(rest, report)).toBe('bring its facts up to date: `npm run facts`');
  });
});

describe('a newer release', () => {
  const drift = { trl: '1.17.0', released: '2026-11-20', pages: [], elsewhere: [] };
  const one = { file: 'content/a.mdx', line: 1, message: 'gone' };

  test.each([
    [{}, 'changes nothing that the content states.'],
    [{ elsewhere: [one] }, 'would make 1 thing untrue, in 1 place of its records.'],
    [
      { pages: [{ ref: 'guides/a', title: 'A', findings: [one, one] }] },
      'would make 2 things untrue, on 1 page.',
    ],
    [
      { pages: [{ ref: 'guides/a', title: 'A', findings: [one] }], elsewhere: [one, one] },
      'would make 3 things untrue, on 1 page and in 2 places of its records.',
    ],
  ])('%j', (given, said) => {
    expect(driftText({ ...drift, ...given })).toBe(`TRL 1.17.0, of 2026-11-20, ${said}`);
  });

  test('is told by page: a distilled file belongs to the page that walks through it', () => {
    const shown = ({ file, line, message }: (typeof findings)[number]) => ({
      file,
      line,
      message: message.replace('TRL 1.17.0: ', ''),
    });
    expect(report.drift).toEqual({
      trl: '1.17.0',
      released: '2026-10-15',
      pages: [
        { ref: 'trainers/dpo', title: 'The DPO loss', findings: findings.slice(2, 3).map(shown) },
        { ref: 'guides/dpo-loss', title: 'The DPO loss', findings: findings.slice(0, 2).map(shown) },
      ],
      elsewhere: findings.slice(3).map(shown),
    });
  });

  test('in the terminal it is a count a page', () => {
    expect(
      renderTerminal(report),
    ).toContain(`TRL 1.17.0, of 2026-10-15, would make 4 things untrue, on 2 pages and in 1 place of its records.
  trainers/dpo     1 place
  guides/dpo-loss  2 places
  records          1 place
  \`npm run check\` names each.

`);
    const quiet = renderTerminal(coverageOf(source, digests));
    expect(quiet).toContain('changes nothing that the content states.\n\nChecks that are not current\n');
  });

  test('in STATUS.md it is a list a page', () => {
    expect(renderMarkdown(report)).toContain(`## What TRL 1.17.0 would change

TRL 1.17.0, of 2026-10-15, would make 4 things untrue, on 2 pages and in 1 place of its records.

### \`trainers/dpo\`

- \`DPOTrainer.y\` changed (content/distilled/dpo.py:7)

### \`guides/dpo-loss\`

- \`DPOConfig\` has no field \`beta\` (content/guides/dpo-loss.mdx:3)
- no \`DPOTrainer.x\` (content/guides/dpo-loss.mdx:9)

### Registry and other records

- no \`DPOConfig.z\` | gone (content/glossary.yaml:1)

## Families
`);
    expect(renderMarkdown(coverageOf(source, digests))).toContain(
      'changes nothing that the content states.\n\n## Families',
    );
  });
});

test('a sum is told in one line, pages of all kinds together', () => {
  const pages = { annotated: 1, guide: 2, script: 4 };
  const checks = { current: 0, stale: 0, missing: 0, failing: 0 };
  const totals = { trainers: 1, documented: 1, complete: 0, drafts: 0, lines: 1812, words: 1, minutes: 42 };
  expect(totalsText({ ...totals, pages, checks })).toBe(
    '1 trainer, 1 documented, 0 complete; 7 pages, 1,812 lines, 1 word, 42 min',
  );
});

test('STATUS.md lists what published pages cover, and every check with its reasons', () => {
  const text = renderMarkdown(report);
  expect(text).toContain('- `guides/dpo-loss`: the loss, its gradient\n');
  expect(text).not.toContain('unsaid');
  expect(text).toContain(
    '| Check dpo/late (`dpo/late`) | ~ stale | 1.16.0 | 2026-11-01 | 3 | 0 | a.py changed since; b.py is gone |\n',
  );
});

test('a check that never ran has dashes for what it lacks, and a pipe in a title breaks no table', () => {
  const text = renderMarkdown(
    coverageOf(
      { ...source, ...evidence({ runs: [run({ args: ['a|b'] })] }), guides: [], distilled: [] },
      digests,
    ),
  );
  expect(text).toContain('| · missing | – | – | – | – | nobody ran it:');
  expect(text).toContain(
    '| Recorded run of dpo_training.py a\\|b (`runs/dpo_training`) | ✓ current | 1.16.0 | 2026-11-02 | – | – |  |',
  );
});

test('an empty folder says so everywhere', () => {
  const empty = coverageOf(
    {
      ...evidence(),
      trainers: [],
      facts: [],
      annotated: [],
      guides: [],
      scripts: [],
      newerFacts: [],
      distilled: [],
      paths: [],
    },
    new Map(),
  );
  expect(renderMarkdown(empty)).toBe(`# Status

Checked against TRL (no facts). Computed from the content folder; not written by hand.

0 trainers, 0 documented, 0 complete; 0 pages, 0 lines, 0 words, 0 min.

## Trainers

| Trainer | Family | In TRL | Annotated | Guide | Script | Checks | Freshness |
| --- | --- | --- | --- | --- | --- | --- | --- |

## Families

No trainer is registered.

## What is covered

Nothing yet.

## What remains

Nothing.

## Checks

None.
`);
  expect(renderTerminal(empty)).toBe(`TRL (no facts)

trainer  in TRL  annotated  guide  script  checks  freshness

all  0 trainers, 0 documented, 0 complete; 0 pages, 0 lines, 0 words, 0 min

Nothing remains.
`);
});

test('the terminal lists the checks that are not current, each with all its reasons', () => {
  expect(renderTerminal(report)).toContain(`Checks that are not current
  ~ stale    dpo/late      a.py changed since; b.py is gone
  ✗ failing  dpo/equality  1 of 4 assertions failed

What remains
`);
});

test('a report with all its parts has the shape of /status.json', () => {
  expect(coverageSchema.parse(report)).toEqual(report);
  expect([report.paths.length, report.remaining.length, report.drift?.pages.length]).toEqual([1, 2, 2]);
  const { remaining } = report;
  const unfinished = [{ ref: 'guides/dpo-raw', why: 'lost' }];
  expect(
    coverageSchema.safeParse({ ...report, remaining: remaining.map((rest) => ({ ...rest, unfinished })) })
      .success,
  ).toBe(false);
});
