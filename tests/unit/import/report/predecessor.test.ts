import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ImportFile } from '../../../../src/import/import-file.ts';
import { imported, marked, report } from './report-on.ts';

const folder = join(import.meta.dirname, '../../../fixtures/import/predecessor');
const about: Record<string, string[]> = {
  'annotated_examples/dpo_training_ANNOTATED.py': ['dpo'],
  'annotated_examples/grpo_training_ANNOTATED.py': ['grpo'],
  'annotated_examples/ppo_training_ANNOTATED.py': ['ppo'],
  'annotated_examples/sft_training_ANNOTATED.py': ['sft'],
  'annotated_trainers/DPOTrainer_ANNOTATED.md': ['dpo'],
  'annotated_trainers/GRPOTrainer_ANNOTATED.md': ['grpo'],
  'annotated_trainers/PPOTrainer_ANNOTATED.md': ['ppo'],
  'annotated_trainers/SFTTrainer_ANNOTATED.md': ['sft'],
  'reference_guides/DPO_Loss_Reference.md': ['dpo'],
  'reference_guides/GRPO_Concepts_Reference.md': ['grpo'],
  'reference_guides/RLHF_DPO_Guide.md': ['dpo'],
};

function roleOf(path: string): ImportFile['role'] {
  if (path === 'STATUS.md') return 'status';
  if (path.startsWith('annotated_trainers/')) return 'annotated';
  if (path.startsWith('reference_guides/')) return 'guide';
  return path.endsWith('.py') ? 'script' : 'document';
}

/** As the import reads them: the mark that was UTF-8 read as Latin-1 is repaired. */
const files = globSync('**/*.{md,py}', { cwd: folder }).map((path) =>
  imported(path, readFileSync(join(folder, path), 'utf8').replaceAll('âœ…', '✅'), {
    role: roleOf(path),
    trainers: about[path] ?? [],
  }),
);

/** Written by hand, with TRL's source at hand: what each file says that is not so. */
const wrong: Record<string, string[]> = {
  '00_TRAINER_CATALOG.md': ['28 PPOTrainer', '28 PPOConfig'],
  'COMPLETE_TRAINERS_REFERENCE.md': [
    '24 max_seq_length',
    '24 max_seq_length',
    '31 max_seq_length',
    '32 tokenizer',
    '47 max_prompt_length',
    '53 max_prompt_length',
    '54 tokenizer',
    '69 max_prompt_length',
  ],
  'STATUS.md': [
    '11 4',
    '13 12',
    '15 2,350',
    '16 16',
    '20 120 lines',
    '21 410 lines',
    '22 180 lines',
    '23 100 lines',
    '26 4',
    '31 reference_guides/SFT_Concepts_Reference.md',
  ],
  'annotated_examples/dpo_training_ANNOTATED.py': [
    '61 max_prompt_length',
    '63 label_pad_token_id',
    '70 tokenizer',
  ],
  'annotated_examples/grpo_training_ANNOTATED.py': ['20 max_prompt_length'],
  'annotated_examples/ppo_training_ANNOTATED.py': [
    '3 AutoModelForCausalLMWithValueHead',
    '3 PPOConfig',
    '3 PPOTrainer',
    '5 model_name',
    '5 ppo_epochs',
    '6 model_name',
    '8 print "starting"',
  ],
  'annotated_examples/sft_training_ANNOTATED.py': ['22 max_seq_length', '33 tokenizer'],
  'annotated_trainers/DPOTrainer_ANNOTATED.md': [
    '70 max_prompt_length',
    '71 label_pad_token_id',
    '72 generate_during_eval',
    '79 tokenizer',
    '86 is_encoder_decoder',
    '182 DPODataCollatorWithPadding',
  ],
  'annotated_trainers/GRPOTrainer_ANNOTATED.md': [
    '23 max_prompt_length',
    '28 vllm_device',
    '70 max_prompt_length',
  ],
  'annotated_trainers/PPOTrainer_ANNOTATED.md': [
    '18 AutoModelForCausalLMWithValueHead',
    '18 PPOConfig',
    '18 PPOTrainer',
    '21 model_name',
    '23 ppo_epochs',
    '25 init_kl_coef',
    '27 model_name',
    '28 tokenizer',
    '29 step',
  ],
  'annotated_trainers/SFTTrainer_ANNOTATED.md': ['27 max_seq_length', '29 tokenizer'],
  'reference_guides/DPO_Loss_Reference.md': ['76 rpo_alpha'],
};

test('the predecessor: everything that is wrong, and nothing else', () => {
  const found = report(...files);
  const byFile = Object.groupBy(found, ({ file }) => file);
  const listed = Object.entries(byFile).map(([file, problems = []]) => [
    file,
    problems.map((each) => marked(each)),
  ]);
  expect(Object.fromEntries(listed)).toEqual(wrong);
  expect(found.every(({ severity }) => severity === 'warning')).toBe(true);
});

test('a finding says what is there, since when not, and what to write', () => {
  const found = report(...files.filter(({ path }) => path.startsWith('annotated_examples/sft')));
  expect(found).toEqual([
    {
      code: 'argument-unknown',
      severity: 'warning',
      file: 'annotated_examples/sft_training_ANNOTATED.py',
      line: 22,
      column: 5,
      length: 14,
      message:
        '`SFTConfig` of TRL 1.16.0 has no argument `max_seq_length`; the last release to declare it is 0.19.1',
      suggestion: 'it is now called `max_length`',
      excerpt: '    max_seq_length=1024,  # WHY: longer texts are cut',
    },
    {
      code: 'argument-unknown',
      severity: 'warning',
      file: 'annotated_examples/sft_training_ANNOTATED.py',
      line: 33,
      column: 5,
      length: 9,
      message:
        '`SFTTrainer` of TRL 1.16.0 has no argument `tokenizer`; the last release to declare it is 0.11.4',
      suggestion: 'it is now called `processing_class`',
      excerpt: '    tokenizer=tokenizer,',
    },
  ]);
});
