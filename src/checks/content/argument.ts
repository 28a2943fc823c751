import { didYouMean } from '../../errors/suggest.ts';
import type { TrlIndex } from '../../trl/index.ts';

/** Names that TRL and transformers gave to what older scripts call otherwise. */
const renamed: Readonly<Record<string, readonly string[]>> = {
  dataset: ['train_dataset'],
  evaluation_strategy: ['eval_strategy'],
  kl_coef: ['beta'],
  max_new_tokens: ['max_completion_length'],
  max_seq_length: ['max_length'],
  max_target_length: ['max_length'],
  no_cuda: ['use_cpu'],
  reward_model: ['reward_funcs'],
  tokenizer: ['processing_class'],
};

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
  const successors = Object.hasOwn(renamed, argument) ? renamed[argument] : undefined;
  const successor = successors?.find((name) => accepted.includes(name));
  if (successor) return { message, suggestion: `it is now called \`${successor}\`` };
  const config = callee.replace(/Trainer$/, 'Config');
  const fields = config === callee ? undefined : trl.callable(config);
  if (fields?.includes(argument)) {
    return { message, suggestion: `it is a field of \`${config}\`: pass \`args=${config}(${argument}=…)\`` };
  }
  return { message, suggestion: didYouMean(argument, accepted) };
}
