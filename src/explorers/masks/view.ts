import { choice, flag, number, type Parameter } from '../parameter.ts';
import type { StateSpace } from '../state.ts';
import { limited, textLimits } from './chat.ts';
import { type Form, forms, type Join } from './example.ts';
import { type Strategy, strategies } from './packing.ts';
import type { MaskOptions } from './sample.ts';

/** What the explorer shows: the reader's choices. */
export interface MasksView {
  /** The samples, as `parseChats` reads them. */
  text: string;
  data: Form;
  /** What stands between prompt and completion, when both are plain text. */
  join: Join;
  /** `SFTConfig.completion_only_loss`. */
  completion: (typeof ternary)[number];
  /** `SFTConfig.assistant_only_loss`. */
  assistant: boolean;
  /** `SFTConfig.packing_strategy`, or no packing. */
  packing: Strategy | 'off';
  /** `SFTConfig.max_length`, unless `uncut`: then it is None. */
  max: number;
  uncut: boolean;
  /** Whether labels stand under the token from which they are predicted, as inside the model. */
  shifted: boolean;
}

const ternary = ['None', 'True', 'False'] as const;

/** Typed text, cut to what is allowed. */
const typed: Parameter<string> = {
  parse: limited,
  print: (given) => given,
  show: (given) => given,
  expected: `a text, of which the first ${textLimits.characters} characters count`,
};

export const masksSpace: StateSpace<MasksView> = {
  parameters: {
    text: typed,
    data: choice(forms),
    join: choice(['newline', 'nothing']),
    completion: choice(ternary),
    assistant: flag,
    packing: choice(['off', ...strategies]),
    max: number(4, 96, { step: 1, whole: true }),
    uncut: flag,
    shifted: flag,
  },
  standard: {
    text: [
      'system: Answer in one word.\nuser: Capital of France?\nassistant: Paris\nuser: Of Italy?\nassistant: Rome',
      'user: 2 plus 2 is\nassistant: four',
      'user: Name a colour.\nassistant: Blue, like the sky.',
    ].join('\n\n'),
    data: 'messages',
    join: 'newline',
    completion: 'None',
    assistant: false,
    packing: 'off',
    max: 40,
    uncut: false,
    shifted: false,
  },
};

/** `max_length`; undefined is None. */
export function maxLength({ max, uncut }: MasksView): number | undefined {
  return uncut ? undefined : max;
}

export function maskOptions({ completion, assistant }: MasksView): MaskOptions {
  return {
    completionOnly: completion === 'None' ? undefined : completion === 'True',
    assistantOnly: assistant,
  };
}
