import { expect, test } from 'vitest';
import { imported, marked, report } from './report-on.ts';

const found = (lines: readonly string[]) =>
  report(imported('page.md', lines.join('\n'))).map(
    (each) => `${marked(each)} at ${each.column}, ${each.code}`,
  );

test('fences in quotes, in lists, untagged and as a session: places are those of the source', () => {
  expect(
    found([
      '> ```py',
      '> DPOConfig(betta=1)',
      '> ```',
      '',
      '1. First:',
      '',
      '   ~~~~Python title="x"',
      '   DPOConfig(betta=1)',
      '   ~~~~',
      '',
      '```',
      'config = DPOConfig(betta=1)',
      '```',
      '',
      '```pycon',
      '>>> DPOConfig(betta=1)',
      'DPOConfig(betta=1)',
      '```',
      '',
      'Indented:',
      '',
      '    from trl import ORPOTrainer',
    ]),
  ).toEqual([
    '2 betta at 13, argument-unknown',
    '8 betta at 14, argument-unknown',
    '12 betta at 20, argument-unknown',
    '16 betta at 15, argument-unknown',
    '22 ORPOTrainer at 21, symbol-unknown',
  ]);
});

test('what is no Python is left alone', () => {
  expect(
    found([
      '```bash',
      'trl dpo --beta 1',
      '```',
      '',
      '```',
      'L = DPO(π, β)',
      '```',
      '```yaml',
      'beta: 1',
      '```',
    ]),
  ).toEqual([]);
});

test('all fences of a page share a namespace', () => {
  expect(
    found(['```python', 'from mine import DPOConfig', '```', '', '```python', 'DPOConfig(betta=1)', '```']),
  ).toEqual([]);
});

test('a fence that is whole and does not parse is reported, a fragment is not', () => {
  const broken = (...code: string[]) => found(['```python', ...code, '```']);
  expect(broken('print "starting"')).toEqual(['2 print "starting" at 1, python-syntax']);
  expect(broken('config = DPOConfig(', '    beta=0.1', 'x = 1')).toHaveLength(1);
  expect(broken('else:', '    x = 1')).toEqual([]);
  expect(broken('def loss(self, batch):')).toEqual([]);
  expect(broken('    if x:', '        return 1')).toEqual([]);
  expect(broken('!pip install trl', 'x = DPOConfig(beta=…)')).toEqual([]);
});

test('a name that the text repeats is reported where it stands first', () => {
  const [first, ...others] = report(imported('page.md', '`PPOTrainer`\n\n`PPOTrainer`\n\n`PPOTrainer`\n'));
  expect(first?.message).toBe(
    'TRL 1.16.0 has no class `PPOTrainer`; the last release to declare it is 1.12.0 (again in lines 3, 5)',
  );
  expect(others).toEqual([]);
});

test('a page about a trainer of an older release is held to that release', () => {
  const page = (text: string) => report(imported('ppo.md', text, { trainers: ['ppo'] })).map(marked);
  expect(page('```python\nfrom trl.experimental.ppo import PPOConfig\nPPOConfig(kl_coef=1)\n```\n')).toEqual(
    [],
  );
  expect(page('```python\nfrom trl import PPOConfig\nPPOConfig(init_kl_coef=1)\n```\n')).toEqual([
    '2 PPOConfig',
    '3 init_kl_coef',
  ]);
});

test('options of TRL’s commands are fields of configs', () => {
  expect(
    found([
      '```bash',
      'trl sft --model_name_or_path Qwen/Qwen2.5-0.5B \\',
      '    --max_seq_length 512 \\',
      '    --torch-dtype bfloat16 --packing',
      'other --max_seq_length 512',
      '```',
    ]),
  ).toEqual(['3 max_seq_length at 7, argument-unknown', '4 torch-dtype at 7, argument-unknown']);
});
