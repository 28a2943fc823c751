import type { Form } from '../../../explorers/masks/example.ts';
import type { MasksView } from '../../../explorers/masks/view.ts';
import type { ControlMarkup } from '../control-markup.ts';

const forms: readonly (readonly [Form, string])[] = [
  ['messages', 'messages'],
  ['chat-completion', 'prompt and completion, of turns'],
  ['completion', 'prompt and completion, of text'],
  ['text', 'text'],
];

/** What the reader can type and choose. */
export function masksControls(controls: ControlMarkup<MasksView>): string {
  return `<div class="mk-typed">${controls.textarea(
    'text',
    {
      label: 'Samples',
      means: 'a line with system:, user: or assistant: opens a turn, an empty line ends a sample',
    },
    11,
  )}</div>
<div class="mk-choices">
${controls.select('data', { label: 'data set of' }, forms)}
${controls.select('join', { label: 'between prompt and completion' }, [
  ['newline', 'a line break'],
  ['nothing', 'nothing'],
])}
${controls.select('completion', { label: '<code>completion_only_loss</code>' }, [
  ['None', 'not set'],
  ['True', 'True'],
  ['False', 'False'],
])}
${controls.checkbox('assistant', '<code>assistant_only_loss</code>')}
${controls.select('packing', { label: '<code>packing</code>' }, [
  ['off', 'off'],
  ['bfd', 'bfd'],
  ['bfd_split', 'bfd_split'],
  ['wrapped', 'wrapped'],
])}
${controls.slider('max', { label: '<code>max_length</code>', means: 'tokens' })}
${controls.checkbox('uncut', '<code>max_length=None</code>')}
${controls.checkbox('shifted', 'labels where they are predicted')}
<button type="reset">Reset</button></div>`;
}
