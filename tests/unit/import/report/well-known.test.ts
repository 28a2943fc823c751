import { describe, expect, test } from 'vitest';
import { brief, imported, report } from './report-on.ts';

/** What people who come back to TRL stumble over; each checked against the wheels of old and new releases. */
const code: [written: string, finding: string | undefined][] = [
  ['from trl import ORPOTrainer', 'ORPOTrainer: write `from trl.experimental.orpo import ORPOTrainer`'],
  ['from trl import CPOConfig', 'CPOConfig: write `from trl.experimental.cpo import CPOConfig`'],
  [
    'from trl import OnlineDPOTrainer',
    'OnlineDPOTrainer: write `from trl.experimental.online_dpo import OnlineDPOTrainer`',
  ],
  ['from trl import PPOTrainer', 'PPOTrainer: use `RLOOTrainer` or `GRPOTrainer`'],
  ['from trl.experimental.ppo import PPOTrainer', 'PPOTrainer: use `RLOOTrainer` or `GRPOTrainer`'],
  [
    'from trl import PPOv2Trainer',
    'PPOv2Trainer: TRL 0.13.0 renamed it to `PPOTrainer`, which went with 1.13.0: use `RLOOTrainer` or `GRPOTrainer`',
  ],
  ['from trl import DDPOTrainer', 'DDPOTrainer: undefined'],
  ['from trl import AlignPropConfig', 'AlignPropConfig: undefined'],
  ['from trl import IterativeSFTTrainer', 'IterativeSFTTrainer: undefined'],
  ['from trl import AutoModelForCausalLMWithValueHead', 'AutoModelForCausalLMWithValueHead: undefined'],
  ['from trl import setup_chat_format', 'setup_chat_format: use `clone_chat_template`'],
  ['from trl import set_seed', 'set_seed: write `from transformers import set_seed`'],
  ['from trl.core import LengthSampler', 'LengthSampler: undefined'],
  ['from trl.trainer import ConstantLengthDataset', 'ConstantLengthDataset: pass `SFTConfig(packing=True)`'],
  ['import trl.core', 'trl.core: undefined'],
  ['from trl import DPOTrainr', 'DPOTrainr: did you mean `DPOTrainer`?'],
  [
    'import trl as t\nt.ORPOTrainer(args=a)',
    'ORPOTrainer: write `from trl.experimental.orpo import ORPOTrainer`',
  ],
  ['from trl import create_reference_model', undefined],
  ['from trl import get_peft_config, ModelConfig, TrlParser', undefined],
  ['from trl.experimental.orpo import ORPOConfig, ORPOTrainer', undefined],
  ['SFTConfig(max_seq_length=512)', 'max_seq_length: it is now called `max_length`'],
  [
    'SFTTrainer(model, max_seq_length=512)',
    'max_seq_length: it is a field of `SFTConfig`: pass `args=SFTConfig(max_length=…)`',
  ],
  [
    'SFTTrainer(model, dataset_text_field="text")',
    'dataset_text_field: it is a field of `SFTConfig`: pass `args=SFTConfig(dataset_text_field=…)`',
  ],
  [
    'SFTTrainer(model, packing=True)',
    'packing: it is a field of `SFTConfig`: pass `args=SFTConfig(packing=…)`',
  ],
  ['DPOTrainer(model, tokenizer=tok)', 'tokenizer: it is now called `processing_class`'],
  ['DPOTrainer(model, beta=0.1)', 'beta: it is a field of `DPOConfig`: pass `args=DPOConfig(beta=…)`'],
  ['DPOConfig(evaluation_strategy="steps")', 'evaluation_strategy: it is now called `eval_strategy`'],
  ['DPOConfig(no_cuda=True)', 'no_cuda: it is now called `use_cpu`'],
  ['DPOConfig(use_liger_loss=True)', 'use_liger_loss: it is now called `use_liger_kernel`'],
  [
    'DPOConfig(reference_free=True)',
    'reference_free: `DPOTrainer` always has a reference. `CPOTrainer` with `cpo_alpha=0` is the loss without one.',
  ],
  [
    'GRPOConfig(vllm_guided_decoding_regex="a")',
    'vllm_guided_decoding_regex: it is now called `vllm_structured_outputs_regex`',
  ],
  ['RLOOConfig(rloo_k=4)', 'rloo_k: it is now called `num_generations`'],
  ['ModelConfig(torch_dtype="bfloat16")', 'torch_dtype: it is now called `dtype`'],
  ['GRPOTrainer(model, reward_funcs=f, args=GRPOConfig(bata=0.0))', 'bata: did you mean `beta`?'],
  ['from trl import DPOConfig as C\nC(betta=0.1)', 'betta: did you mean `beta`?'],
  ['from functools import partial\npartial(DPOConfig, betta=0.1)', 'betta: did you mean `beta`?'],
  ['DPOConfig(**{"betta": 0.1})', 'betta: did you mean `beta`?'],
  ['settings = dict(betta=0.1)\nDPOConfig(**settings)', 'betta: did you mean `beta`?'],
  ['DPOConfig(loss_type="sigmod")', '"sigmod": did you mean `sigmoid`?'],
  ['DPOConfig(loss_type="ipo", bf16=True, learning_rate=1e-6, report_to="none")', undefined],
  ['class DPOConfig: ...\nDPOConfig(anything=1)', undefined],
  ['from mine import DPOTrainer\nDPOTrainer(tokenizer=1)', undefined],
  [
    'from trl import DPOConfig\nclass Mine(DPOConfig):\n    extra: int = 1\nMine(extra=2, beta=0.1)',
    undefined,
  ],
  ['try:\n    from trl import PPOTrainer\nexcept ImportError:\n    PPOTrainer = None', undefined],
  ['print(trl.__version__)', undefined],
];

describe('code', () => {
  test.each(code)('%s', (written, finding) => {
    expect(
      report(imported('script.py', `${written}\n`)).map((each) => brief(each).replace(/^\d+ /, '')),
    ).toEqual(finding === undefined ? [] : [finding]);
  });
});

const prose: [written: string, finding: string | undefined][] = [
  ['Set `DPOConfig(max_prompt_length=…)`.', 'max_prompt_length'],
  ['Set `DPOConfig.max_prompt_length`.', 'max_prompt_length'],
  ['| `trl.ORPOTrainer` | pairs |', 'ORPOTrainer'],
  ['Begin with `from trl import ORPOTrainer`.', 'ORPOTrainer'],
  ['Begin with `PPOTrainer`.', 'PPOTrainer'],
  ['`DPOConfig.max_prompt_length` is gone.', undefined],
  ['In 0.29 `from trl import ORPOTrainer` was removed.', undefined],
  ['Read `trl.trainer.dpo_trainer`, `trl.DPOTrainer` and `DPOTrainer.train()`.', undefined],
  ['`ORPOTrainer` needs no reference.', undefined],
  ['`BertConfig(hidden_sizes=1)` and `PretrainedConfig`.', undefined],
  ['`MyTrainer(tokenizer=…)` is ours.', undefined],
];

describe('prose', () => {
  test.each(prose)('%s', (written, finding) => {
    const found = report(imported('page.md', `# Page\n\n${written}\n`));
    expect(found.map((each) => brief(each).replace(/^\d+ ([^:]*):.*/s, '$1'))).toEqual(
      finding === undefined ? [] : [finding],
    );
  });
});
