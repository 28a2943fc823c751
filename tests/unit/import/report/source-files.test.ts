import { expect, test } from 'vitest';
import { successors } from '../../../../src/import/report/cures.ts';
import { trlNames } from '../../../../src/import/report/names.ts';
import { imported, report } from './report-on.ts';

const told = (text: string, trainers: string[] = []) =>
  report(imported('a.md', text, { trainers })).map(
    ({ line, column, message, suggestion }) => `${line}:${column} ${message} -> ${suggestion}`,
  );

test('source files that are gone or moved, and lines behind the end of one', () => {
  const end = trlNames.files['trl/trainer/dpo_trainer.py'];
  expect(
    told(
      [
        '**File**: `trl/trainer/orpo_trainer.py` (again: `trl/trainer/orpo_trainer.py`)',
        `See trl/trainer/dpo_trainer.py:${end} and \`trl/trainer/dpo_trainer.py:400-99999\`, or trl/core.py.`,
        'https://github.com/huggingface/trl/blob/v0.9.6/trl/trainer/ppo_trainer.py is of another release.',
      ].join('\n'),
    ),
  ).toEqual([
    '1:12 TRL 1.16.0 has no file `trl/trainer/orpo_trainer.py` -> it is now `trl/experimental/orpo/orpo_trainer.py`',
    `2:${38 + String(end).length} \`trl/trainer/dpo_trainer.py\` of TRL 1.16.0 has ${end} lines, and no line 99999 -> name the function instead`,
    `2:${80 + String(end).length} TRL 1.16.0 has no file \`trl/core.py\` -> leave it out, or name the release that had it`,
  ]);
});

test('nothing is said of files on a page that is held to an older release', () => {
  expect(told('`trl/trainer/ppo_trainer.py`', ['ppo'])).toEqual([]);
});

test('an attribute that a trainer sets from its config is no argument that is gone', () => {
  expect(
    told('```python\nfrom trl import DPOTrainer\n\nt = DPOTrainer("m")\nt.beta\nt.label_smoothing\n```'),
  ).toEqual([]);
});

test('what took the place of names that are gone is there today', () => {
  const named = Object.values(successors).flatMap((text) =>
    [...text.matchAll(/`(\w+(?:\(\w+=\w+\))?|\w+\.\w+)`/g)].map(([, name = '']) => name),
  );
  const classes = named.filter((name) => /^[A-Z]/.test(name) && !name.startsWith('PPO'));
  expect(classes.length).toBeGreaterThan(5);
  expect(told(`\`\`\`python\n${classes.join('\n')}\n\`\`\``)).toEqual([]);
  const functions = named.filter((name) => /^[a-z]\w*_\w+$/.test(name) && name !== 'data_collator');
  for (const name of functions) expect([name, trlNames.exports.trl?.includes(name)]).toEqual([name, true]);
  expect(functions.length).toBeGreaterThan(1);
});
