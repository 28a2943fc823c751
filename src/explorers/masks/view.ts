import { type Form, forms, type Join } from './example.ts';
import { type Strategy, strategies } from './packing.ts';

/** What the explorer shows: the reader's choices, all of them kept in the page's address. */
export interface MasksView {
  /** The samples, as `parseChats` reads them. */
  text: string;
  form: Form;
  /** What stands between prompt and completion, when both are plain text. */
  join: Join;
  /** `SFTConfig.completion_only_loss`; undefined is its default, None. */
  completionOnly: boolean | undefined;
  /** `SFTConfig.assistant_only_loss`. */
  assistantOnly: boolean;
  /** `SFTConfig.packing_strategy`, or no packing. */
  packing: Strategy | 'off';
  /** `SFTConfig.max_length`; undefined is None. */
  maxLength: number | undefined;
  /** Whether labels stand under the token from which they are predicted, as inside the model. */
  shifted: boolean;
}

export const defaultView: MasksView = {
  text: [
    'system: Answer in one word.\nuser: Capital of France?\nassistant: Paris\nuser: Of Italy?\nassistant: Rome',
    'user: 2 plus 2 is\nassistant: four',
    'user: Name a colour.\nassistant: Blue, like the sky.',
  ].join('\n\n'),
  form: 'messages',
  join: 'newline',
  completionOnly: undefined,
  assistantOnly: false,
  packing: 'off',
  maxLength: 48,
  shifted: false,
};

/** Bounds of `max_length` here: a real one is hundreds of times as long. */
export const lengths = [4, 96] as const;

export const packings = ['off', ...strategies] as const;
export { forms };
