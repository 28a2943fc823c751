import { describe, expect, test } from 'vitest';
import { imported, report } from './report-on.ts';

const files = [
  imported('annotated_trainers/DPOTrainer_ANNOTATED.md', 'one\ntwo\nthree\n', { role: 'annotated' }),
  imported('annotated_trainers/SFTTrainer_ANNOTATED.md', 'one\ntwo', { role: 'annotated' }),
  imported('reference_guides/DPO_Loss_Reference.md', 'one\n', { role: 'guide' }),
  imported('annotated_examples/dpo_training_ANNOTATED.py', 'x = 1\n', { role: 'script' }),
];

/** What a STATUS file of these lines is told: the place, and what was expected and found. */
function told(...lines: string[]): string[] {
  const status = imported('STATUS.md', `${lines.join('\n')}\n`, { role: 'status' });
  return report(...files, status).map(({ line, column, message }) => `${line}:${column} ${message}`);
}

describe('a claim that the files do not bear out', () => {
  test.each([
    ['## Annotated trainers (3)', '1:24 expected 2 annotated trainers, found 3'],
    ['9/9 annotated trainers complete', '1:1 expected 2 annotated trainers, found 9'],
    ['**Reference guides**: 4 complete', '1:23 expected 1 reference guide, found 4'],
    ['**Total lines**: 12,345', '1:18 expected 8 lines in 5 files, found 12345 lines'],
    [
      '**Total files**: 27',
      '1:18 expected 5 files, 4 of them annotated trainers, reference guides and examples, found 27',
    ],
    [
      '- ✅ `annotated_trainers/DPOTrainer_ANNOTATED.md` (410 lines)',
      '1:51 expected 3 lines of `annotated_trainers/DPOTrainer_ANNOTATED.md`, found 410 lines',
    ],
    [
      '- ✅ `SFTTrainer_ANNOTATED.md` (12 KB)',
      '1:32 expected 7 bytes of `annotated_trainers/SFTTrainer_ANNOTATED.md`, found 12 KB',
    ],
    [
      '- [x] `reference_guides/SFT_Reference.md`',
      '1:8 expected a file of that name in the folder, found `reference_guides/SFT_Reference.md` called finished',
    ],
  ])('%s', (line, expected) => {
    expect(told(line)).toEqual([expected]);
  });

  test('in tables the column says what a number counts', () => {
    expect(
      told(
        '| What | Finished | Planned |',
        '|---|---:|---:|',
        '| Annotated trainers | 2 | 9 |',
        '| Reference guides | 7/9 | 9 |',
        '| **Total** | **4** | 27 |',
        '',
        '| File | Lines |',
        '|---|---|',
        '| `DPO_Loss_Reference.md` | 1 |',
        '| `SFTTrainer_ANNOTATED.md` | 20 |',
      ),
    ).toEqual([
      '4:22 expected 1 reference guide, found 7',
      '10:31 expected 2 lines of `annotated_trainers/SFTTrainer_ANNOTATED.md`, found 20 lines',
    ]);
  });
});

describe('no claim on the files', () => {
  test.each([
    '## Annotated trainers (2)',
    '**Total files**: 4',
    '**Total files**: 5',
    'about 400 lines in total',
    '- ✅ `DPOTrainer_ANNOTATED.md` (~400 lines)',
    '- `reference_guides/KTO_Reference.md` (planned)',
    '- ⏳ KTOTrainer, ORPOTrainer',
    '7 of 9 people liked it',
    '**Epochs**: 3',
    'A run of 27 files takes 3 minutes.',
  ])('%s', (line) => {
    expect(told(line)).toEqual([]);
  });
});
