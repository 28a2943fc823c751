import { readFile, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { checkContent } from '../../../src/checks/content/index.ts';
import { checkDrift } from '../../../src/checks/drift/index.ts';
import { driftSummary } from '../../../src/checks/drift/summary.ts';
import { readContent } from '../../../src/collections/read-content.ts';
import { withContent } from './content-fixture.ts';

const named = z.looseObject({ name: z.string() });
const factsFile = z.looseObject({
  trl: z.string(),
  tag: z.string(),
  classes: z.array(
    named.extend({
      import_path: z.string(),
      loss_types: z.array(z.string()).optional(),
      fields: z.array(named).optional(),
      methods: z.array(named).optional(),
    }),
  ),
});
type FactsFile = z.output<typeof factsFile>;

/** The class of that name. Throws when the fixture lost it. */
function of(facts: FactsFile, name: string) {
  const found = facts.classes.find((each) => each.name === name);
  if (!found) throw new Error(`expected ${name} in the facts`);
  return found;
}

function setMember(facts: FactsFile, name: string, member: string, values: Record<string, unknown>) {
  const { fields = [], methods = [] } = of(facts, name);
  const found = [...fields, ...methods].find((each) => each.name === member);
  if (!found) throw new Error(`expected ${name}.${member} in the facts`);
  Object.assign(found, values);
}

/** Valid content held to 1.16.0, with facts of a made-up 1.17.0 that differ by `edit`. */
async function findings(edit: (facts: FactsFile) => void) {
  return withContent([], async (dir) => {
    const path = join(dir, 'trl/1.16.0.json');
    const pinned = factsFile.parse(JSON.parse(await readFile(path, 'utf8')));
    setMember(pinned, 'DPOTrainer', '_compute_loss', { digest: 'aaaaaaaaaaaa' });
    await writeFile(path, JSON.stringify(pinned));
    const newer = { ...structuredClone(pinned), trl: '1.17.0', tag: 'v1.17.0' };
    edit(newer);
    await writeFile(join(dir, 'trl/1.17.0.json'), JSON.stringify(newer));
    const source = await readContent(dir);
    expect(checkContent(source)).toEqual([]);
    const prefix = `${relative(process.cwd(), dir).split(sep).join('/')}/`;
    return checkDrift(source).map(({ code, severity, file, line, message }) => {
      expect([code, severity]).toEqual(['trl-drift', 'warning']);
      return `${file.replace(prefix, '')}:${line} ${message}`;
    });
  });
}

const cases: Record<string, [edit: (facts: FactsFile) => void, found: string[]]> = {
  'nothing, when the releases are alike': [() => undefined, []],
  'a default that a page and a script speak of': [
    (facts) => setMember(facts, 'DPOConfig', 'beta', { default: '0.2' }),
    [
      'example-scripts/dpo_training.py:17 TRL 1.17.0: the default of `DPOConfig.beta` goes from 0.1 to 0.2',
      'reference-guides/dpo-loss.mdx:12 TRL 1.17.0: the default of `DPOConfig.beta` goes from 0.1 to 0.2',
    ],
  ],
  'a default that a call leaves alone': [
    (facts) => setMember(facts, 'DPOConfig', 'learning_rate', { default: '5e-06' }),
    [
      'example-scripts/dpo_training.py:22 TRL 1.17.0: `DPOConfig(…)` leaves to changed defaults: `learning_rate` (1e-06 to 5e-06)',
      'reference-guides/dpo-loss.mdx:17 TRL 1.17.0: `DPOConfig(…)` leaves to changed defaults: `learning_rate` (1e-06 to 5e-06)',
    ],
  ],
  'a field that is renamed': [
    (facts) => setMember(facts, 'DPOConfig', 'beta', { name: 'kl_weight' }),
    [
      'annotated-trainers/dpo.mdx:24 TRL 1.17.0: no <ConfigFields> describes `kl_weight` of `DPOConfig`',
      'annotated-trainers/dpo.mdx:26 TRL 1.17.0: `DPOConfig` has no field `beta`',
      'example-scripts/dpo_training.py:17 TRL 1.17.0: it has no `DPOConfig.beta`',
      'example-scripts/dpo_training.py:22 TRL 1.17.0: `DPOConfig` has no argument `beta`; TRL 1.16.0 still had it',
      'reference-guides/dpo-loss.mdx:12 TRL 1.17.0: it has no `DPOConfig.beta`',
      'reference-guides/dpo-loss.mdx:17 TRL 1.17.0: `DPOConfig` has no argument `beta`; TRL 1.16.0 still had it',
    ],
  ],
  'a config that moves': [
    (facts) => Object.assign(of(facts, 'DPOConfig'), { import_path: 'trl.experimental.dpo' }),
    [
      'example-scripts/dpo_training.py:20 TRL 1.17.0: `DPOConfig` moved from `trl` to `trl.experimental.dpo`',
      'reference-guides/dpo-loss.mdx:15 TRL 1.17.0: `DPOConfig` moved from `trl` to `trl.experimental.dpo`',
    ],
  ],
  'a trainer that moves': [
    (facts) => Object.assign(of(facts, 'DPOTrainer'), { import_path: 'trl.experimental.dpo' }),
    ['trainers/dpo.yaml:21 TRL 1.17.0: `DPOTrainer` moved from `trl` to `trl.experimental.dpo`'],
  ],
  'a trainer that is removed': [
    (facts) => {
      facts.classes = facts.classes.filter(({ name }) => name !== 'DPOTrainer');
    },
    [
      'annotated-trainers/dpo.mdx:16 TRL 1.17.0: `DPOTrainer._compute_loss` is gone',
      'distilled/dpo.py:6 TRL 1.17.0: `DPOTrainer._compute_loss`, which region `loss` mirrors, is gone',
      'trainers/dpo.yaml:21 TRL 1.17.0: `DPOTrainer` is removed',
    ],
  ],
  'loss types that come and go': [
    (facts) => {
      const trainer = of(facts, 'DPOTrainer');
      trainer.loss_types = [...(trainer.loss_types ?? []).filter((each) => each !== 'ipo'), 'novel'];
    },
    [
      'trainers/dpo.yaml:4 TRL 1.17.0: `DPOTrainer` no longer takes the loss types `ipo`; takes new loss types `novel`',
    ],
  ],
  'a mirrored method with other code': [
    (facts) => setMember(facts, 'DPOTrainer', '_compute_loss', { digest: 'bbbbbbbbbbbb' }),
    [
      'distilled/dpo.py:6 TRL 1.17.0: `DPOTrainer._compute_loss`, which region `loss` mirrors, is written otherwise',
    ],
  ],
  'another signature': [
    (facts) =>
      setMember(facts, 'DPOTrainer', '_compute_loss', {
        parameters: [{ name: 'batch', kind: 'positional_or_keyword', default: null, type: null }],
      }),
    [
      'annotated-trainers/dpo.mdx:16 TRL 1.17.0: `DPOTrainer._compute_loss` takes (batch) in place of (model, inputs, return_outputs)',
    ],
  ],
  'lines that only moved: nothing': [
    (facts) => setMember(facts, 'DPOTrainer', '_compute_loss', { lines: [2000, 2100] }),
    [],
  ],
};

test.each(Object.entries(cases))('%s', async (_, [edit, found]) => {
  expect(await findings(edit)).toEqual(found);
});

test('facts of a newer release change nothing of what content is held to', async () => {
  await withContent([], async (dir) => {
    const before = await readContent(dir);
    const text = await readFile(join(dir, 'trl/1.16.0.json'), 'utf8');
    await writeFile(join(dir, 'trl/1.17.0.json'), text.replaceAll('1.16.0', '1.17.0'));
    const after = await readContent(dir);
    expect(after.facts).toEqual(before.facts);
    expect(after.newerFacts.map(({ trl }) => trl)).toEqual(['1.17.0']);
  });
});

test('the summary counts places, and files by what they are', () => {
  const at = (file: string) => ({
    code: 'trl-drift' as const,
    severity: 'warning' as const,
    file,
    line: 1,
    column: 1,
    message: 'm',
  });
  const found = [
    'content/annotated-trainers/dpo.mdx',
    'content/annotated-trainers/dpo.mdx',
    'content/distilled/dpo.py',
  ];
  expect(driftSummary(found.map(at))).toBe(
    'An upgrade of TRL would touch 3 places, in 1 page and 1 distilled file.',
  );
  expect(driftSummary([{ ...at('content/a.mdx'), code: 'file-empty' }])).toBeUndefined();
});
