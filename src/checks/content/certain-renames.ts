/*
 * Renames whose old and new name mean the same. The criterion: a release that still took the old name handed its
 * value, unchanged, to the new one. Where that was so is said beside each; what is only alike is not here:
 *
 * - `dataset` -> `train_dataset`, `max_new_tokens` -> `max_completion_length`: no release ever read one as the other.
 * - `max_target_length` -> `max_length`: the first bounds the completion, the second prompt and completion.
 * - `kl_coef` -> `beta` outside RLOO: no other config had it.
 * - `reward_model` -> `reward_funcs` in `GRPOTrainer`: it never took one. In `OnlineDPOTrainer` TRL 0.24 took it, but
 *   `missing_eos_penalty` then meant something else.
 * - `OnlineDPOConfig.max_new_tokens` is no old name: it is a field today.
 * - RLOO's `total_episodes` was divided before it became `max_steps`; `normalize_reward` scaled scores where
 *   `normalize_advantages` scales advantages; `num_mini_batches` split a batch where `steps_per_generation` repeats one.
 * - `max_prompt_length` of DPO, GRPO and RLOO is gone without a successor.
 */

type Renames = Readonly<Record<string, string>>;

/** transformers 4.46: `TrainingArguments` set the new field from the old one, in every config of TRL. */
const ofTrainingArguments: Renames = {
  evaluation_strategy: 'eval_strategy',
  no_cuda: 'use_cpu',
};

/** TRL 0.12 to 0.15: `deprecate_kwarg("tokenizer", …, "processing_class")`, or the same parameter renamed. */
const ofTrainers: Renames = { tokenizer: 'processing_class' };

const byClass: Readonly<Record<string, Renames>> = {
  SFTConfig: {
    max_seq_length: 'max_length', // TRL 0.16 to 0.19: `self.max_length = self.max_seq_length`
    use_liger: 'use_liger_kernel', // TRL 0.16 and 0.17
  },
  DPOConfig: { use_liger_loss: 'use_liger_kernel' }, // TRL 0.25 to 0.27
  KTOConfig: { use_liger_loss: 'use_liger_kernel' }, // TRL 0.25 to 0.27
  GRPOConfig: {
    use_liger_loss: 'use_liger_kernel', // TRL 0.25 to 0.27
    wandb_log_unique_prompts: 'log_unique_prompts', // TRL 0.26
    vllm_guided_decoding_regex: 'vllm_structured_outputs_regex', // TRL 0.27
  },
  RLOOConfig: {
    // TRL 0.22 to 0.24, `_DEPRECATED_PARAMS` of RLOOConfig
    rloo_k: 'num_generations',
    cliprange: 'epsilon',
    kl_coef: 'beta',
    num_ppo_epochs: 'num_iterations',
    response_length: 'max_completion_length',
    wandb_log_unique_prompts: 'log_unique_prompts', // TRL 0.26
    vllm_guided_decoding_regex: 'vllm_structured_outputs_regex', // TRL 0.27
  },
  RLOOTrainer: {
    // TRL 0.22 to 0.24
    config: 'args',
    policy: 'model',
    reward_model: 'reward_funcs',
  },
  OnlineDPOConfig: { gpu_memory_utilization: 'vllm_gpu_memory_utilization' }, // TRL 0.22 to 0.24
  PPOTrainer: { config: 'args', policy: 'model', ref_policy: 'ref_model' }, // TRL 0.13 and 0.14
  ModelConfig: { torch_dtype: 'dtype' }, // TRL 0.24 to 0.26
};

/**
 * Arguments that a trainer's call handed to its config: TRL 0.12 wrote each, unchanged, into `args`. `loss_type` is
 * not here: values that were valid then are gone.
 */
const byTrainer: Readonly<Record<string, Renames>> = {
  DPOTrainer: {
    beta: 'beta',
    dataset_num_proc: 'dataset_num_proc',
    disable_dropout: 'disable_dropout',
    label_smoothing: 'label_smoothing',
    max_length: 'max_length',
    precompute_ref_log_probs: 'precompute_ref_log_probs',
  },
  SFTTrainer: {
    dataset_num_proc: 'dataset_num_proc',
    dataset_text_field: 'dataset_text_field',
    eval_packing: 'eval_packing',
    max_seq_length: 'max_length',
    packing: 'packing',
  },
};

/**
 * What an argument of a call is called today, when both names mean the same.
 *
 * @param callee a config or trainer class of TRL
 */
export function certainRename(callee: string, argument: string): string | undefined {
  return (
    entry(byClass[callee], argument) ??
    (callee.endsWith('Trainer') ? entry(ofTrainers, argument) : undefined) ??
    (callee.endsWith('Config') && callee !== 'ModelConfig' ? entry(ofTrainingArguments, argument) : undefined)
  );
}

/** The field of a trainer's config that an argument of its call became, when both mean the same. */
export function certainField(trainer: string, argument: string): string | undefined {
  return entry(byTrainer[trainer], argument);
}

function entry(renames: Renames | undefined, name: string): string | undefined {
  return renames && Object.hasOwn(renames, name) ? renames[name] : undefined;
}

/** Every rename, for the test that runs them against TRL. */
export const renameTables = { byClass, byTrainer, ofTrainers, ofTrainingArguments };
