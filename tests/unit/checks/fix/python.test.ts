import { expect, test } from 'vitest';
import { mend, scriptOf } from './mend.ts';

const file = 'example-scripts/x.py';

/** Python before and after `--fix`; what is between the two stays byte for byte. */
const mended: Record<string, [before: string, after: string]> = {
  'a renamed argument': [
    'from trl import SFTConfig\n\nSFTConfig(output_dir="out", max_seq_length=512)\n',
    'from trl import SFTConfig\n\nSFTConfig(output_dir="out", max_length=512)\n',
  ],
  'one name in several calls, strings and comments that look like it': [
    `from trl import SFTConfig

# max_seq_length=512 was the name
SFTConfig(output_dir="max_seq_length=512", max_seq_length=512)  # max_seq_length=512
SFTConfig(run_name='SFTConfig(max_seq_length=1)', max_seq_length = 256)
max_seq_length = 3
other(max_seq_length=max_seq_length)
`,
    `from trl import SFTConfig

# max_seq_length=512 was the name
SFTConfig(output_dir="max_seq_length=512", max_length=512)  # max_seq_length=512
SFTConfig(run_name='SFTConfig(max_seq_length=1)', max_length = 256)
max_seq_length = 3
other(max_seq_length=max_seq_length)
`,
  ],
  'a call inside a call, over several lines, with comments between': [
    `from trl import SFTConfig, SFTTrainer

trainer = SFTTrainer(
    model="m",
    args=SFTConfig(
        output_dir="out",
        # bounds prompt and completion
        max_seq_length=512,  # tokens
    ),
    tokenizer=load(tokenizer=1),
)
`,
    `from trl import SFTConfig, SFTTrainer

trainer = SFTTrainer(
    model="m",
    args=SFTConfig(
        output_dir="out",
        # bounds prompt and completion
        max_length=512,  # tokens
    ),
    processing_class=load(tokenizer=1),
)
`,
  ],
  'under an alias of the module': [
    'import os, trl as t\n\nt.SFTConfig(output_dir=os.curdir, max_seq_length=512)\n',
    'import os, trl as t\n\nt.SFTConfig(output_dir=os.curdir, max_length=512)\n',
  ],
  'an argument that moved from the trainer into its config': [
    `from trl import DPOConfig, DPOTrainer

DPOTrainer(
    model="m",
    beta=0.2,
    args=DPOConfig(output_dir="out"),
)
`,
    `from trl import DPOConfig, DPOTrainer

DPOTrainer(
    model="m",
    args=DPOConfig(output_dir="out", beta=0.2),
)
`,
  ],
  'a moved import': [
    'from trl import OnlineDPOConfig\n',
    'from trl.experimental.online_dpo import OnlineDPOConfig\n',
  ],
  'a moved import, under an alias and with a remark': [
    'from trl import OnlineDPOConfig as Config  # online\n',
    'from trl.experimental.online_dpo import OnlineDPOConfig as Config  # online\n',
  ],
  'an import of which a part moved': [
    'from trl import DPOConfig, OnlineDPOConfig as Online, SFTConfig  # three\n',
    'from trl import DPOConfig, SFTConfig  # three\nfrom trl.experimental.online_dpo import OnlineDPOConfig as Online\n',
  ],
  'an import over several lines, of which parts moved to two modules': [
    `from trl import (
    CPOConfig,  # moved
    DPOConfig,
    # runs a judge
    OnlineDPOConfig as Online,
    SFTConfig
)
`,
    `from trl import (
    DPOConfig,
    SFTConfig,
)
from trl.experimental.cpo import (
    CPOConfig,  # moved
)
from trl.experimental.online_dpo import (
    # runs a judge
    OnlineDPOConfig as Online,
)
`,
  ],
  'an import within a function': [
    'def main():\n    from trl import DPOConfig, OnlineDPOConfig\n    return DPOConfig, OnlineDPOConfig\n',
    'def main():\n    from trl import DPOConfig\n    from trl.experimental.online_dpo import OnlineDPOConfig\n    return DPOConfig, OnlineDPOConfig\n',
  ],
  'an import and an argument in one go': [
    'from trl import OnlineDPOConfig\n\nOnlineDPOConfig(output_dir="out", evaluation_strategy="no")\n',
    'from trl.experimental.online_dpo import OnlineDPOConfig\n\nOnlineDPOConfig(output_dir="out", eval_strategy="no")\n',
  ],
};

test.each(Object.entries(mended))('%s', async (_, [before, after]) => {
  const { texts, changed, again, left } = await mend({ [file]: scriptOf(before) });
  expect(texts[file]).toBe(scriptOf(after));
  expect({ changed, again, left }).toEqual({ changed: [file], again: 0, left: [] });
});

const kept: Record<string, string> = {
  'a misspelt argument: only the author knows':
    'from trl import DPOConfig\n\nDPOConfig(output_dir="out", betta=0.1)\n',
  'an argument whose successor means something else':
    'from trl import DPOConfig\n\nDPOConfig(output_dir="out", max_target_length=128)\n',
  'an argument whose successor is passed already':
    'from trl import SFTConfig\n\nSFTConfig(max_seq_length=512, max_length=512)\n',
  'an argument that the config may get by **':
    'from trl import DPOConfig, DPOTrainer\n\nDPOTrainer(beta=0.2, args=DPOConfig(**settings))\n',
  'an argument of a trainer whose config is made elsewhere':
    'from trl import DPOTrainer\n\nDPOTrainer(beta=0.2, args=config)\n',
  'a class of another library': 'from elsewhere import SFTConfig\n\nSFTConfig(max_seq_length=512)\n',
  'a class of the file itself': 'class SFTConfig:\n    pass\n\n\nSFTConfig(max_seq_length=512)\n',
  'code in a string': 'code = """\nfrom trl import OnlineDPOConfig\n\nSFTConfig(max_seq_length=512)\n"""\n',
  'a name that no release had': 'from trl import OnlineDPOConfigs\n',
  'a name that two modules have now': 'from trl import BEMACallback\n',
  'a script that does not parse': 'from trl import SFTConfig\n\nSFTConfig(max_seq_length=512\n',
};

test.each(Object.entries(kept))('not mended: %s', async (_, code) => {
  const { changed, said } = await mend({ [file]: scriptOf(code) });
  expect([changed, said]).toEqual([[], 'nothing could be fixed for certain\n']);
});
