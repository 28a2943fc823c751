import type { Turn } from './chat.ts';
import { endToken, startToken } from './tokenizer.ts';

/** A stretch of a rendered conversation, and whether it stands between the template's generation markers. */
export interface Stretch {
  text: string;
  generated: boolean;
}

/**
 * A conversation as one text: ChatML, without a system prompt of its own. What counts as the assistant's is what
 * `qwen2_5_training.jinja` of TRL 1.16.0 marks: from the line break behind the role to the one behind the end.
 */
export function rendered(turns: readonly Turn[]): Stretch[] {
  return turns.flatMap(({ role, content }) => [
    { text: `${startToken}${role}`, generated: false },
    { text: `\n${content}${endToken}\n`, generated: role === 'assistant' },
  ]);
}

/** What `add_generation_prompt` puts behind a prompt. */
export const generationPrompt = `${startToken}assistant\n`;
