import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { flat, labelsAcross, labelsUsed, padded } from '../../../../src/explorers/masks/batch.ts';
import { type Chat, limited, parseChats, textLimits } from '../../../../src/explorers/masks/chat.ts';
import { exampleOf, forms } from '../../../../src/explorers/masks/example.ts';
import { pack, type Row, strategies, truncate } from '../../../../src/explorers/masks/packing.ts';
import { ignored, type Sample, sampleOf } from '../../../../src/explorers/masks/sample.ts';
import { emptyVocabulary, tokensOf } from '../../../../src/explorers/masks/tokenizer.ts';
import { readVectors } from '../vectors.ts';

const list = z.array(z.number());
const row = z.object({ input_ids: list, labels: list, seq_lengths: list.optional() });
const tensor = z.array(list);
const batch = z.object({
  input_ids: tensor,
  labels: tensor,
  attention_mask: tensor.optional(),
  position_ids: tensor.optional(),
});
const role = z.enum(['system', 'user', 'assistant']);

const vectors = readVectors(
  'sft_masks',
  z.object({
    tokens_of: z.array(z.tuple([z.string(), z.array(z.string())])),
    cases: z.array(
      z.object({
        chats: z.array(z.array(z.tuple([role, z.string()]))),
        form: z.enum(forms),
        join: z.enum(['newline', 'nothing']),
        completion_only_loss: z.boolean().nullable(),
        assistant_only_loss: z.boolean(),
        max_length: z.number(),
        vocabulary: z.array(z.string()),
        samples: z.array(row.extend({ completion_mask: list.optional(), assistant_masks: list.optional() })),
        cut: z.array(row),
        padded: batch.nullable(),
        flat: batch.nullable(),
        packed: z.record(z.enum(strategies), z.object({ rows: z.array(row), batch })),
      }),
    ),
  }),
);

const rowsOf = (samples: readonly Sample[]): Row[] =>
  samples.map(({ ids, labels }, sample) => ({
    cells: ids.map((id, i) => ({ id, label: labels[i] ?? ignored, sample })),
  }));
const plainRow = ({ cells, lengths }: Row) => ({
  input_ids: cells.map(({ id }) => id),
  labels: cells.map(({ label }) => label),
  ...(lengths ? { seq_lengths: lengths } : {}),
});
const plainBatch = ({ rows, flat: isFlat }: ReturnType<typeof padded>) => ({
  input_ids: rows.map((places) => places.map(({ id }) => id)),
  labels: rows.map((places) => places.map(({ label }) => label)),
  ...(isFlat
    ? { position_ids: rows.map((places) => places.map(({ position }) => position)) }
    : { attention_mask: rows.map((places) => places.map(({ padding }) => (padding ? 0 : 1))) }),
});

test.each(vectors.tokens_of)('%j is cut as the tokenizers library cuts it', (text, tokens) => {
  expect(tokensOf(text)).toEqual(tokens);
});

describe.each(vectors.cases.map((given, i) => ({ ...given, i })))(
  'case $i: $form, max_length $max_length, assistants $assistant_only_loss, completion $completion_only_loss',
  (given) => {
    const vocabulary = emptyVocabulary();
    const options = {
      completionOnly: given.completion_only_loss ?? undefined,
      assistantOnly: given.assistant_only_loss,
    };
    const samples = given.chats.map((turns) => {
      const chat: Chat = turns.map(([speaker, content]) => ({ role: speaker, content }));
      const example = exampleOf(chat, given.form, given.join);
      if (!example) throw new Error('expected a chat that has that form');
      return sampleOf(example, options, vocabulary);
    });

    test('tokens, masks and labels are those of the distilled trainer', () => {
      expect([...vocabulary.keys()]).toEqual(given.vocabulary);
      expect(
        samples.map(({ ids, labels, completionMask, assistantMask }) => ({
          input_ids: ids,
          labels,
          completion_mask: completionMask,
          assistant_masks: assistantMask,
        })),
      ).toEqual(given.samples);
    });

    test('rows are cut as it cuts them, and become the same batches', () => {
      const cut = truncate(rowsOf(samples), given.max_length);
      expect(cut.map(plainRow)).toEqual(given.cut);
      if (!given.padded) expect(cut).toEqual([]);
      else {
        expect(plainBatch(padded(cut))).toEqual(given.padded);
        expect(plainBatch(flat(cut))).toEqual(given.flat);
      }
    });

    test.each(strategies)('%s packs the same rows, into the same batch', (strategy) => {
      const rows = pack(rowsOf(samples), given.max_length, strategy);
      const expected = given.packed[strategy];
      expect(rows.map(plainRow)).toEqual(expected.rows);
      expect(plainBatch(strategy === 'wrapped' ? padded(rows) : flat(rows))).toEqual(expected.batch);
    });
  },
);

test('every form, and every option of the masks, has a case', () => {
  expect(new Set(vectors.cases.map(({ form }) => form))).toEqual(new Set(forms));
  expect(new Set(vectors.cases.map((each) => each.completion_only_loss))).toEqual(
    new Set([null, true, false]),
  );
  expect(new Set(vectors.cases.map((each) => each.join))).toEqual(new Set(['newline', 'nothing']));
});

describe('typed text', () => {
  test('a role opens a turn, an empty line a sample', () => {
    expect(parseChats('user: Hi\nthere\nassistant:Ho\r\n\r\n \n\nfree text\n')).toEqual([
      [
        { role: 'user', content: 'Hi\nthere' },
        { role: 'assistant', content: 'Ho' },
      ],
      [{ role: 'user', content: 'free text' }],
    ]);
    expect(parseChats(' \n\n')).toEqual([]);
  });

  test('only the one space behind a role is not content, and other words before a colon are', () => {
    expect(parseChats('user:  two\nnote: x')).toEqual([[{ role: 'user', content: ' two\nnote: x' }]]);
  });

  test('it is bounded, and has no half characters', () => {
    expect(limited('a'.repeat(2000))).toHaveLength(textLimits.characters);
    expect(limited('x\uD83Dy\uDE00')).toBe('x\uFFFDy\uFFFD');
    expect(limited('😀')).toBe('😀');
    expect(parseChats('a\n\n'.repeat(20))).toHaveLength(20);
  });
});

describe('what a conversation is in each form', () => {
  const chat: Chat = [
    { role: 'user', content: 'a' },
    { role: 'assistant', content: 'b' },
    { role: 'user', content: 'c' },
  ];

  test('the completion begins at the last turn of the assistant', () => {
    expect(exampleOf(chat, 'completion', 'newline')).toEqual({ prompt: 'a\n', completion: 'b\nc' });
    expect(exampleOf(chat, 'chat-completion', 'newline')).toEqual({
      prompt: chat.slice(0, 1),
      completion: chat.slice(1),
    });
  });

  test('without an answer, or with nothing before it, there is no prompt and completion', () => {
    for (const turns of [chat.slice(0, 1), chat.slice(1, 2)]) {
      expect(exampleOf(turns, 'completion', 'newline')).toBeUndefined();
      expect(exampleOf(turns, 'chat-completion', 'newline')).toBeUndefined();
      expect(exampleOf(turns, 'text', 'newline')).toBeDefined();
    }
  });
});

test('a prompt whose end merges with the completion is said to have lost it', () => {
  const sample = sampleOf(
    { prompt: '2 plus 2 is', completion: 'four' },
    { completionOnly: undefined, assistantOnly: false },
    emptyVocabulary(),
  );
  expect(sample.lost).toEqual([' is']);
  expect(sample.tokens).toEqual(['2', ' plus', ' 2', ' isfour', '<|im_end|>']);
  expect(sample.completionMask).toEqual([0, 0, 0, 1, 1]);
  expect(sample.ended).toBe(true);
});

describe('labels of a batch', () => {
  const cells = (sample: number, ids: number[]) => ids.map((id) => ({ id, label: id, sample }));
  const rows: Row[] = [{ cells: cells(0, [3, 4, 5]) }, { cells: cells(1, [6, 7]) }];

  test('the first of a row is never asked for', () => {
    expect(labelsUsed(padded(rows))).toBe(3);
    expect(labelsUsed(flat(rows))).toBe(3);
  });

  test('wrapped asks for the first token of a sample from the end of another', () => {
    const batch = padded(pack(rows, 5, 'wrapped'));
    expect(labelsUsed(batch)).toBe(4);
    expect(labelsAcross(batch)).toBe(1);
    expect(labelsAcross(flat(rows))).toBe(0);
  });
});
