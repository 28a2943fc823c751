import { describe, expect, test } from 'vitest';
import { batchSvg } from '../../../../src/explorers/masks/batch-svg.ts';
import { notesMarkup, notesOn } from '../../../../src/explorers/masks/notes.ts';
import { pipeline, rowsApart } from '../../../../src/explorers/masks/pipeline.ts';
import { tokenText } from '../../../../src/explorers/masks/token-text.ts';
import { type MasksView, masksSpace } from '../../../../src/explorers/masks/view.ts';
import { masksParts } from '../../../../src/explorers/masks/words.ts';
import { stateFromQuery, stateIntoQuery } from '../../../../src/explorers/state.ts';

const view = (given: Partial<MasksView> = {}): MasksView => ({ ...masksSpace.standard, ...given });
const notes = (given: Partial<MasksView>) => notesOn(view(given), pipeline(view(given)));
const texts = (given: Partial<MasksView>) => notes(given).map(({ text }) => text);
const kinds = (given: Partial<MasksView>, kind: string) =>
  notes(given)
    .filter((note) => note.kind === kind)
    .map(({ text }) => text);

/** Through an address and back. */
function returned(state: MasksView): MasksView {
  const query = new URLSearchParams();
  stateIntoQuery(masksSpace, query, 'mask.', masksSpace.standard, state);
  return stateFromQuery(masksSpace, new URLSearchParams(query.toString()), 'mask.', masksSpace.standard);
}

describe('the address', () => {
  test('brings back every choice, and any text', () => {
    const state = view({
      text: 'user: 100% & a=b?#\n "<img src=x onerror=alert(1)>" + 😀\nassistant: \u202Eé',
      data: 'completion',
      join: 'nothing',
      completion: 'False',
      assistant: true,
      packing: 'wrapped',
      max: 24,
      uncut: true,
      shifted: true,
    });
    expect(returned(state)).toEqual(state);
    expect(returned(view())).toEqual(view());
    expect(returned(view({ text: '' })).text).toBe('');
  });

  test('half characters and long texts come back as what is read of them', () => {
    const state = stateFromQuery(
      masksSpace,
      new URLSearchParams([['mask.text', `\uD83D${'x'.repeat(5000)}`]]),
      'mask.',
      masksSpace.standard,
    );
    expect(state.text).toBe(`\uFFFD${'x'.repeat(799)}`);
    expect(returned(state)).toEqual(state);
  });

  test('what is no choice leaves the standard', () => {
    const query = new URLSearchParams('mask.max=3&mask.packing=best&mask.data=json&mask.completion=true');
    expect(stateFromQuery(masksSpace, query, 'mask.', masksSpace.standard)).toEqual(view());
  });
});

describe('hostile text', () => {
  const hostile = 'user: <img src=x onerror=alert(1)> &amp; `x` \u202E\u0000\nassistant: "></svg><script>';

  test('reaches no part as markup', () => {
    for (const data of ['messages', 'chat-completion', 'completion', 'text'] as const) {
      const markup = Object.values(masksParts(view({ text: hostile, data }))).join('');
      expect(markup).not.toMatch(/<(img|script)/i);
      // The drawings have their own end, and the text adds none.
      expect(markup.match(/<\/svg>/g)).toHaveLength(2);
      for (const sign of ['\u202E', '\u0000']) expect(markup).not.toContain(sign);
    }
  });

  test('a merged prompt is quoted in a note, without its markup and backquotes', () => {
    const text = 'user: a `<b\nassistant: c';
    const made = pipeline(view({ text, data: 'completion', join: 'nothing' }));
    const markup = notesMarkup(notesOn(view({ text, data: 'completion', join: 'nothing' }), made));
    expect(markup).toContain('ends in <code>b</code>');
    expect(tokenText(' `<b\u202E\n')).toBe('·&#96;&#60;bU+202E↵');
  });
});

describe('notes say what TRL does', () => {
  test('completion_only_loss follows the columns, and does nothing without them', () => {
    expect(texts({})[0]).toContain('so it counts as False');
    expect(texts({ data: 'completion' })[0]).toContain('so it counts as True');
    expect(texts({ data: 'completion', completion: 'False' })[0]).toContain('the prompt carries loss too');
    expect(kinds({ completion: 'True' }, 'warned')).toEqual([expect.stringContaining('does nothing here')]);
  });

  test('what is an error is called one', () => {
    expect(kinds({}, 'refused')).toEqual([]);
    expect(kinds({ data: 'text', assistant: true }, 'refused')).toEqual([
      expect.stringContaining('ValueError'),
    ]);
    expect(kinds({ text: 'user: hi', assistant: true }, 'refused')).toEqual([
      expect.stringContaining('Sample 1: no token of an assistant'),
    ]);
    expect(kinds({ packing: 'bfd', uncut: true }, 'refused')).toEqual([
      expect.stringContaining('`packing` without a `max_length`'),
    ]);
  });

  test('two masks meet only where there are two', () => {
    const both = 'Two masks';
    expect(texts({ data: 'chat-completion', assistant: true }).join()).toContain(both);
    expect(texts({ data: 'chat-completion', assistant: true, completion: 'False' }).join()).not.toContain(
      both,
    );
    expect(texts({ assistant: true }).join()).not.toContain(both);
  });

  test('ends: put behind plain text, not twice, and never behind a conversation', () => {
    expect(texts({ data: 'text' }).join()).toContain('the trainer puts the end token behind it');
    expect(texts({ data: 'text', text: 'user: a<|im_end|>' }).join()).toContain(
      'Sample 1: already ends with the end token',
    );
    expect(texts({}).join()).toContain('the trainer appends nothing');
  });

  test('a cut says how much it takes, and whom it drops', () => {
    const cut = kinds({ data: 'completion', max: 12 }, 'warned');
    expect(cut[0]).toContain('keeps the first 12 tokens');
    expect(cut[0]).toContain('7 of sample 1');
    expect(cut[1]).toContain('Sample 1: no label is left, and the sample is dropped');
    expect(kinds({ data: 'completion', max: 12, packing: 'bfd' }, 'warned').join()).toContain(
      'packing keeps the sample all the same',
    );
    expect(texts({ max: 12, packing: 'bfd_split' }).join()).toContain('loses nothing');
  });

  test('the merging sample is named, and only where texts meet with nothing between', () => {
    expect(texts({ data: 'completion', join: 'nothing' }).join()).toContain(
      'Sample 2: the prompt alone ends in `·is`',
    );
    expect(texts({ data: 'completion' }).join()).not.toContain('merges');
  });

  test('samples that lack a side, are too many, or none', () => {
    expect(texts({ data: 'completion', text: 'user: a\n\nuser: b\nassistant: c' })[0]).toContain(
      'Sample 1 left out',
    );
    expect(texts({ text: 'a\n\n'.repeat(8) })[0]).toBe(
      'Only the first 6 samples are read; 2 more were typed.',
    );
    expect(texts({ text: ' ' })).toContain('Nothing is typed: no sample, and no batch.');
  });
});

describe('drawings', () => {
  test('modes that need a max_length say so where there is none', () => {
    expect(masksParts(view({ uncut: true })).modes).toContain('needs a <code>max_length</code>');
  });

  test('packed rows stand apart, and a sample that goes on has dots', () => {
    const { other } = pipeline(view({ packing: 'wrapped' }));
    const svg = batchSvg('x', rowsApart(other), 'Title', 'Words');
    expect(svg).toContain('>…2</text>');
    expect(svg).toContain('aria-labelledby="x-title x-description"');
  });

  test('no sample, no rows', () => {
    const parts = masksParts(view({ text: '' }));
    expect(parts.padded).toContain('Shape (0, 0), 0 labels asked for.');
    expect(parts.samples).toBe('');
    expect(parts.example).toBe('');
  });

  test('padding is one stack, with its number and its positions', () => {
    const { places } = masksParts(view({ packing: 'wrapped' }));
    expect(places).toContain('<bdi>6 × &#60;|endoftext|&#62;</bdi>');
    expect(places).toContain('<span>34–39</span>');
  });

  test('shifted labels stand one place to the left', () => {
    const stacks = (shifted: boolean) =>
      [
        ...masksParts(view({ text: 'user: a', shifted })).samples.matchAll(
          /<bdi>[^<]*<\/bdi><span>([^<]*)<\/span>/g,
        ),
      ].map(([, label]) => label);
    const plain = stacks(false);
    expect(stacks(true)).toEqual([...plain.slice(1), '–']);
  });
});
