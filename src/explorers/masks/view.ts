import { type Form, forms, type Join } from './example.ts';
import { type Strategy, strategies } from './packing.ts';
import type { MaskOptions } from './sample.ts';

/** What the explorer shows: the reader's choices, all of them kept in the page's address. */
export interface MasksView {
  /** The samples, as `parseChats` reads them. */
  text: string;
  form: Form;
  /** What stands between prompt and completion, when both are plain text. */
  join: Join;
  /** `SFTConfig.completion_only_loss`. */
  completion: (typeof ternary)[number];
  /** `SFTConfig.assistant_only_loss`. */
  assistant: boolean;
  /** `SFTConfig.packing_strategy`, or no packing. */
  packing: Strategy | 'off';
  /** `SFTConfig.max_length`, unless `uncut`: then it is None. */
  length: number;
  uncut: boolean;
  /** Whether labels stand under the token from which they are predicted, as inside the model. */
  shifted: boolean;
}

export const ternary = ['None', 'True', 'False'] as const;
export const packings = ['off', ...strategies] as const;

export const defaultView: MasksView = {
  text: [
    'system: Answer in one word.\nuser: Capital of France?\nassistant: Paris\nuser: Of Italy?\nassistant: Rome',
    'user: 2 plus 2 is\nassistant: four',
    'user: Name a colour.\nassistant: Blue, like the sky.',
  ].join('\n\n'),
  form: 'messages',
  join: 'newline',
  completion: 'None',
  assistant: false,
  packing: 'off',
  length: 40,
  uncut: false,
  shifted: false,
};

/** `max_length`; undefined is None. */
export function maxLength({ length, uncut }: MasksView): number | undefined {
  return uncut ? undefined : length;
}

export function maskOptions({ completion, assistant }: MasksView): MaskOptions {
  return {
    completionOnly: completion === 'None' ? undefined : completion === 'True',
    assistantOnly: assistant,
  };
}

/** Bounds of `max_length` here: a real one is hundreds of times as long. */
export const lengths = [4, 96] as const;
export { forms };
