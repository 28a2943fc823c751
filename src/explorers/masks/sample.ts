import type { Turn } from './chat.ts';
import type { Example } from './example.ts';
import { generationPrompt, rendered, type Stretch } from './template.ts';
import { endToken, idsOf, tokensOf, type Vocabulary } from './tokenizer.ts';

/** The label of a token that carries no loss. */
export const ignored = -100;

/** What decides which tokens carry loss, under TRL's names; undefined where `SFTConfig` has None. */
export interface MaskOptions {
  completionOnly: boolean | undefined;
  assistantOnly: boolean;
}

/** One example as the trainer has it before anything is cut. All lists are as long as `tokens`. */
export interface Sample {
  tokens: string[];
  ids: number[];
  /** 1 in the completion; only where the example has one. */
  completionMask?: number[];
  /** 1 in what an assistant says; only where `assistant_only_loss` asks for it and the example is a conversation. */
  assistantMask?: number[];
  /** Ids where a token carries loss, -100 elsewhere. */
  labels: number[];
  /** Whether the trainer has put the end token behind the text. */
  ended: boolean;
  /** The end of the prompt that is no longer there once the completion follows: tokens merged over the border. */
  lost: string[];
}

/**
 * Tokens, masks and labels of an example: `SFTTrainer._prepare_dataset` of TRL 1.16.0, by way of
 * `content/distilled/sft.py` (tokenize, with_end, with_labels).
 */
export function sampleOf(example: Example, options: MaskOptions, vocabulary: Vocabulary): Sample {
  const { whole, prompt, ended } = textsOf(example);
  const tokens: string[] = [];
  const generated: number[] = [];
  // Where stretches meet, a role or a line break ends: no token reaches from one into the next.
  for (const { text, generated: mark } of whole) {
    const found = tokensOf(text);
    tokens.push(...found);
    generated.push(...found.map(() => (mark ? 1 : 0)));
  }
  const ids = idsOf(tokens, vocabulary);
  const sample: Sample = { tokens, ids, labels: [], ended, lost: [] };
  if (prompt !== undefined) {
    const alone = tokensOf(prompt);
    const shared = commonPrefixLength(alone, tokens);
    sample.completionMask = tokens.map((_, i) => (i < shared ? 0 : 1));
    sample.lost = alone.slice(shared);
  }
  if (options.assistantOnly && !isPlain(example)) sample.assistantMask = generated;
  sample.labels = labelsOf(sample, options);
  return sample;
}

/** How many leading tokens two sequences share. */
export function commonPrefixLength(tokens: readonly string[], others: readonly string[]): number {
  const at = tokens.findIndex((token, i) => token !== others[i]);
  return at < 0 ? tokens.length : at;
}

/** Whether an example is text and not a conversation: then the trainer ends it, and knows no assistant. */
export function isPlain(example: Example): boolean {
  return 'text' in example || isTextPair(example);
}

function isTextPair(example: Example): example is { prompt: string; completion: string } {
  return 'prompt' in example && typeof example.prompt === 'string';
}

/** The text of an example with its end, and that of its prompt alone, where it has one. */
function textsOf(example: Example): { whole: Stretch[]; prompt?: string; ended: boolean } {
  if ('messages' in example) return { whole: rendered(example.messages), ended: false };
  if ('text' in example) return withEnd('', example.text);
  if (isTextPair(example)) return { ...withEnd(example.prompt, example.completion), prompt: example.prompt };
  const { prompt, completion } = example;
  return {
    whole: rendered([...prompt, ...completion]),
    prompt: joined(prompt) + generationPrompt,
    ended: false,
  };
}

function withEnd(prompt: string, text: string): { whole: Stretch[]; ended: boolean } {
  const ended = !text.endsWith(endToken);
  return { whole: [{ text: prompt + text + (ended ? endToken : ''), generated: false }], ended };
}

function joined(turns: readonly Turn[]): string {
  return rendered(turns)
    .map(({ text }) => text)
    .join('');
}

function labelsOf({ ids, completionMask, assistantMask }: Sample, options: MaskOptions): number[] {
  const masks = [options.completionOnly === false ? undefined : completionMask, assistantMask];
  return ids.map((id, i) => (masks.every((mask) => !mask || mask[i] === 1) ? id : ignored));
}
