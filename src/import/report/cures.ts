import { successorOf } from '../../checks/content/argument.ts';
import { certainField, certainRename } from '../../checks/content/certain-renames.ts';
import type { MigrationNote } from '../../collections/migration-note.ts';
import type { Trainer } from '../../collections/trainer.ts';
import { didYouMean } from '../../errors/suggest.ts';
import type { ReleaseNames } from './release-names.ts';

/**
 * What took the place of things that are gone, where the name alone does not say it. Read off TRL's source: the
 * release that removed the first, and 1.16.0 for the second; a test looks the successors up.
 */
export const successors: Readonly<Record<string, string>> = {
  ConstantLengthDataset: 'pass `SFTConfig(packing=True)`',
  DataCollatorForCompletionOnlyLM:
    'give `SFTTrainer` prompts and completions: `SFTConfig.completion_only_loss` leaves the prompts out of the loss; for chats set `SFTConfig.assistant_only_loss`',
  DPODataCollatorWithPadding: '`DPOTrainer` pads by itself: drop the `data_collator`',
  RewardDataCollatorWithPadding: '`RewardTrainer` pads by itself: drop the `data_collator`',
  PPOv2Config:
    'TRL 0.13.0 renamed it to `PPOConfig`, which went with 1.13.0: use `RLOOConfig` or `GRPOConfig`',
  PPOv2Trainer:
    'TRL 0.13.0 renamed it to `PPOTrainer`, which went with 1.13.0: use `RLOOTrainer` or `GRPOTrainer`',
  pack_examples: 'use `pack_dataset`',
  set_seed: 'write `from transformers import set_seed`',
  setup_chat_format: 'use `clone_chat_template`',
};

/** Likewise for arguments, fields and methods that no release at hand still has. */
const memberSuccessors: Readonly<Record<string, string>> = {
  'DPOConfig.is_encoder_decoder': 'drop it: encoder-decoder models are no longer supported',
  'GRPOConfig.vllm_device':
    'drop it: with `vllm_mode="colocate"` vLLM shares the training devices, with `"server"` it runs in `trl vllm-serve`',
  'PPOConfig.model_name': 'load the model yourself and pass it to `PPOTrainer`',
  'PPOTrainer.step': '`PPOTrainer.train()` generates, scores and learns by itself since TRL 0.12.0',
};

/** Where a class or function is today, or what to use in its place. */
export function cureOfName(
  name: string,
  names: ReleaseNames,
  trainers: readonly Trainer[],
): string | undefined {
  const [home, ...others] = names.homes(name);
  if (home !== undefined && others.length === 0) return `write \`from ${home} import ${name}\``;
  if (home !== undefined) return `it is in ${[home, ...others].map((each) => `\`${each}\``).join(' and ')}`;
  if (Object.hasOwn(successors, name)) return successors[name];
  const trainer = trainers.find((each) => each.class === name || each.config === name);
  const instead = trainer?.instead.flatMap((slug) => {
    const found = trainers.find((each) => each.slug === slug);
    return found ? [`\`${name === trainer.config ? found.config : found.class}\``] : [];
  });
  return instead && instead.length > 0 ? `use ${instead.join(' or ')}` : undefined;
}

/** What to write for an argument that a class does not take. `had`: an older release took it, so it is no slip. */
export function cureOfArgument(
  callee: string,
  argument: string,
  accepted: readonly string[],
  had: boolean,
  names: ReleaseNames,
  notes: readonly MigrationNote[],
): string | undefined {
  const renamed = certainRename(callee, argument);
  if (renamed !== undefined && accepted.includes(renamed)) return `it is now called \`${renamed}\``;
  const symbols = [`${callee}.${argument}`, `${callee}.__init__.${argument}`];
  const note = notes.find(({ changes }) => symbols.some((symbol) => changes.includes(symbol)));
  if (note) return note.say;
  if (had && Object.hasOwn(memberSuccessors, `${callee}.${argument}`)) {
    return memberSuccessors[`${callee}.${argument}`];
  }
  const config = callee.replace(/Trainer$/, 'Config');
  const fields = config === callee ? [] : (names.accepted(config)?.arguments ?? []);
  const field = certainField(callee, argument) ?? argument;
  if (fields.includes(field)) {
    return `it is a field of \`${config}\`: pass \`args=${config}(${field}=…)\``;
  }
  const successor = successorOf(argument, accepted);
  if (successor) return `it is now called \`${successor}\``;
  return had ? undefined : didYouMean(argument, accepted);
}
