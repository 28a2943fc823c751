import { didYouMean } from '../../errors/suggest.ts';
import type { TrlIndex } from '../../trl/index.ts';

/**
 * What older scripts call what TRL and transformers call otherwise today: the old name of an argument, and its
 * successors in order of preference; the first that the class accepts is meant. The names are those of TRL 1.16.0 and
 * transformers 5.23.0. Of some the value may need another look: `max_target_length` counted the answer alone.
 */
export const renamedArguments: Readonly<Record<string, readonly string[]>> = {
  dataset: ['train_dataset'],
  evaluation_strategy: ['eval_strategy'],
  kl_coef: ['beta'],
  max_new_tokens: ['max_completion_length'],
  max_seq_length: ['max_length'],
  max_target_length: ['max_length'],
  no_cuda: ['use_cpu'],
  ppo_epochs: ['num_ppo_epochs'],
  init_kl_coef: ['kl_coef'],
  reward_model: ['reward_funcs'],
  reward_processing_class: ['reward_processing_classes'],
  rloo_k: ['num_generations'],
  tokenizer: ['processing_class'],
  torch_dtype: ['dtype'],
  vllm_guided_decoding_regex: ['vllm_structured_outputs_regex'],
  wandb_log_unique_prompts: ['log_unique_prompts'],
};

/** Today's name of an argument that a class no longer takes, when the class accepts it. */
export function successorOf(argument: string, accepted: readonly string[]): string | undefined {
  if (!Object.hasOwn(renamedArguments, argument)) return undefined;
  return renamedArguments[argument]?.find((name) => accepted.includes(name));
}

/** Says why a call does not accept an argument, and what to write instead. */
export function explainArgument(
  callee: string,
  argument: string,
  accepted: readonly string[],
  trl: TrlIndex,
): { message: string; suggestion: string | undefined } {
  const found = trl.resolve(`${callee}.${argument}`);
  const lastIn = found.kind === 'unknown' && found.lastIn ? `; TRL ${found.lastIn} still had it` : '';
  const message = `\`${callee}\` has no argument \`${argument}\`${lastIn}`;
  const successor = successorOf(argument, accepted);
  if (successor) return { message, suggestion: `it is now called \`${successor}\`` };
  const config = callee.replace(/Trainer$/, 'Config');
  const fields = config === callee ? undefined : trl.callable(config);
  if (fields?.includes(argument)) {
    return { message, suggestion: `it is a field of \`${config}\`: pass \`args=${config}(${argument}=…)\`` };
  }
  return { message, suggestion: didYouMean(argument, accepted) };
}
