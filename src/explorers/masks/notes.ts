import { labelsAcross } from './batch.ts';
import { textLimits } from './chat.ts';
import { splitSamples } from './modes.ts';
import type { Pipeline, Prepared } from './pipeline.ts';
import { ignored, isPlain } from './sample.ts';
import { tokenText } from './token-text.ts';
import { endToken } from './tokenizer.ts';
import { type MasksView, maskOptions, maxLength } from './view.ts';

/*
 * What a reader stumbles over, said where it happens. Sentences are safe inside an element; words between
 * backquotes are code.
 */

/** A remark; `refused` where TRL raises an error and the figure shows what would be without it. */
export interface Note {
  kind: 'refused' | 'warned' | 'said';
  text: string;
}

export function notesOn(view: MasksView, made: Pipeline): Note[] {
  return [
    ...refusals(view, made),
    ...onCompletion(view, made),
    ...onAssistant(view, made),
    ...onEnds(made),
    ...onMerging(made),
    ...onLength(view, made),
    ...onPacking(view, made),
  ];
}

const said = (text: string): Note => ({ kind: 'said', text });
const warned = (text: string): Note => ({ kind: 'warned', text });
const refused = (text: string): Note => ({ kind: 'refused', text });

function refusals(view: MasksView, { samples, without, beyond }: Pipeline): Note[] {
  const notes: Note[] = [];
  if (samples.length + without.length === 0) notes.push(said('Nothing is typed: no sample, and no batch.'));
  if (beyond > 0)
    notes.push(
      said(
        `Only the first ${textLimits.samples} samples are read; ${beyond} more ${beyond === 1 ? 'was' : 'were'} typed.`,
      ),
    );
  if (without.length > 0)
    notes.push(
      said(
        `${numbered(without)} left out: as \`prompt\` and \`completion\` a sample needs an assistant's turn, and something before it.`,
      ),
    );
  if (view.assistant && samples.some(({ example }) => isPlain(example)))
    notes.push(
      refused('`assistant_only_loss` on plain text is a ValueError: no conversation, no assistant.'),
    );
  const silent = samples.filter(({ sample }) => sample.assistantMask && !sample.assistantMask.includes(1));
  if (silent.length > 0)
    notes.push(
      refused(
        `${named(silent)}: no token of an assistant. Under \`assistant_only_loss\` one such example is a RuntimeError.`,
      ),
    );
  if (view.packing !== 'off' && maxLength(view) === undefined)
    notes.push(refused('`packing` without a `max_length` is a ValueError: it says how long a row is.'));
  return notes;
}

function onCompletion(view: MasksView, { samples }: Pipeline): Note[] {
  const { completionOnly } = maskOptions(view);
  if (samples.length === 0) return [];
  const paired = samples.some(({ sample }) => sample.completionMask);
  if (paired)
    return completionOnly === false
      ? [said('`completion_only_loss` is False: the prompt carries loss too.')]
      : [
          said(
            completionOnly
              ? '`completion_only_loss`: the completion alone carries loss.'
              : '`completion_only_loss` is not set. The data set has columns `prompt` and `completion`, so it counts as True: the completion alone carries loss.',
          ),
        ];
  if (completionOnly === undefined)
    return [
      said(
        '`completion_only_loss` is not set. There is no column `completion`, so it counts as False: the user’s words carry loss like the assistant’s.',
      ),
    ];
  return completionOnly
    ? [warned('`completion_only_loss` does nothing here: there is no completion mask, and nobody says so.')]
    : [];
}

function onAssistant(view: MasksView, { samples }: Pipeline): Note[] {
  const { assistantOnly, completionOnly } = maskOptions(view);
  if (!assistantOnly || !samples.some(({ sample }) => sample.assistantMask)) return [];
  const both = completionOnly !== false && samples.some(({ sample }) => sample.completionMask);
  return [
    said(
      'The assistant’s mask is what the template marks: from the line break behind the role to the one behind the end token, so that the end is learnt.',
    ),
    ...(both
      ? [
          said(
            'Two masks: a token needs a yes from each. The line break behind the role is the assistant’s by the template, but belongs to the prompt: no loss.',
          ),
        ]
      : []),
  ];
}

function onEnds({ samples }: Pipeline): Note[] {
  const plain = samples.filter(({ example }) => isPlain(example));
  const ended = plain.filter(({ sample }) => sample.ended);
  const notes: Note[] = [];
  if (ended.length > 0)
    notes.push(said('Plain text: the trainer puts the end token behind it, and it carries loss.'));
  if (plain.length > ended.length)
    notes.push(
      said(
        `${named(plain.filter(({ sample }) => !sample.ended))}: already ends with the end token, none is added.`,
      ),
    );
  if (plain.length < samples.length)
    notes.push(
      said(
        'A conversation: the trainer appends nothing. What ends a turn is what the template writes, here the end token and a line break, which carries loss where its turn does.',
      ),
    );
  return notes;
}

function onMerging({ samples }: Pipeline): Note[] {
  return samples
    .filter(({ sample }) => sample.lost.length > 0)
    .map(({ number, sample }) =>
      warned(
        `Sample ${number}: the prompt alone ends in \`${tokenText(sample.lost.join(''))}\`, which merges with the completion. The completion begins where the two differ, and TRL warns: in use the model will see another prompt than it was trained on.`,
      ),
    );
}

function onLength(view: MasksView, { samples, padded }: Pipeline): Note[] {
  const { packing } = view;
  const length = maxLength(view);
  if (length === undefined)
    return packing === 'off' ? [said('`max_length` is None: nothing is cut. The default is 1024.')] : [];
  const long = samples.filter(({ sample }) => sample.ids.length > length);
  if (long.length === 0) return [];
  if (packing === 'bfd_split')
    return [
      said(`${named(long)}: longer than \`max_length\`. \`bfd_split\` makes pieces of it and loses nothing.`),
    ];
  if (packing === 'wrapped') return [];
  const gone = long.map(({ number, sample }) => `${sample.ids.length - length} of sample ${number}`);
  // Of a conversation that is a token too long only the line break behind the end is cut.
  const endless = long.every(({ sample }) => sample.tokens.slice(length).includes(endToken));
  const notes = [
    warned(
      `\`max_length\` keeps the first ${length} tokens (\`truncation_mode\` keep_start) and cuts the last: ${gone.join(', ')}.${endless ? ' The end token is among them: a cut answer teaches no end.' : ''}`,
    ),
  ];
  const kept = new Set(padded.batch.rows.flat().map(({ sample }) => sample));
  const dropped = samples.filter(({ number }) => !kept.has(number));
  if (packing === 'off' && dropped.length > 0)
    notes.push(warned(`${named(dropped)}: no label is left, and the sample is dropped.`));
  const masked = long.filter(({ sample }) =>
    sample.labels.slice(0, length).every((label) => label === ignored),
  );
  if (packing === 'bfd' && masked.length > 0)
    notes.push(warned(`${named(masked)}: no label is left, and packing keeps the sample all the same.`));
  return notes;
}

function onPacking(view: MasksView, { other }: Pipeline): Note[] {
  const { packing } = view;
  const length = maxLength(view);
  if (packing === 'off')
    return length === undefined
      ? []
      : [
          said(
            'Without padding and without packing TRL refuses a `max_length`: it would not be enforced. So nothing is cut in that batch.',
          ),
        ];
  if (length === undefined) return [];
  if (packing !== 'wrapped')
    return [
      said(
        'Positions start anew at each sample, which is how attention knows the border. The first label of a sample is set to −100: before it stands another sample.',
      ),
    ];
  const split = splitSamples(other.batch);
  const across = labelsAcross(other.batch);
  return [
    warned(
      `Positions run on through a row, and so does attention: a sample sees the ones before it.${
        split.length > 0
          ? ` In pieces: ${numbered(split).toLowerCase()}; a later piece has lost its beginning.`
          : ''
      }${across > 0 ? ` Labels predicted from the end of another sample: ${across}.` : ''}`,
    ),
  ];
}

function named(samples: readonly Prepared[]): string {
  return numbered(samples.map(({ number }) => number));
}

function numbered(numbers: readonly number[]): string {
  const last = numbers.at(-1);
  return numbers.length === 1 ? `Sample ${last}` : `Samples ${numbers.slice(0, -1).join(', ')} and ${last}`;
}

/** The remarks as items of a list. */
export function notesMarkup(notes: readonly Note[]): string {
  return notes
    .map(({ kind, text }) => `<li class="mk-${kind}">${text.replace(/`([^`]*)`/g, '<code>$1</code>')}</li>`)
    .join('');
}
