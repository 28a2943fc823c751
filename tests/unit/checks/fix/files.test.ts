import { chmod, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fixContent } from '../../../../src/checks/fix/fix-content.ts';
import { readOriginal } from '../../../../src/checks/fix/original.ts';
import { ChangedMeanwhile, replaceText } from '../../../../src/checks/fix/write-file.ts';
import { mend, scriptOf, snapshot, withFiles } from './mend.ts';

const guide = 'reference-guides/x.mdx';
const frontmatter = `---
title: A guide
question: What does it say?
summary: It says what the loss is.
trainers: [dpo]
difficulty: 3
covers: [derivation]
---
`;

const call = 'SFTConfig(output_dir="out", max_seq_length=512)';
const right = call.replace('max_seq_length', 'max_length');

/** Text before and after `--fix`, in the file of a guide. */
const pages: Record<string, [before: string, after: string]> = {
  'a fence': [`\n\`\`\`python\n${call}\n\`\`\`\n`, `\n\`\`\`python\n${right}\n\`\`\`\n`],
  'a fence in a list, and prose that looks like it': [
    `\n- Not \`max_seq_length\`, ${call.length} wide:\n\n  \`\`\`python\n  if True:\n      ${call}\n  \`\`\`\n`,
    `\n- Not \`max_seq_length\`, ${call.length} wide:\n\n  \`\`\`python\n  if True:\n      ${right}\n  \`\`\`\n`,
  ],
  'an import in a list, of which a part moved': [
    '\n1. Import:\n\n   ```python\n   from trl import DPOConfig, OnlineDPOConfig\n   ```\n',
    '\n1. Import:\n\n   ```python\n   from trl import DPOConfig\n   from trl.experimental.online_dpo import OnlineDPOConfig\n   ```\n',
  ],
  'no final newline': [`\n\`\`\`python\n${call}\n\`\`\``, `\n\`\`\`python\n${right}\n\`\`\``],
  'a fence that shows wrong code on purpose: kept': [
    `\n\`\`\`python unchecked="the old name"\n${call}\n\`\`\`\n`,
    `\n\`\`\`python unchecked="the old name"\n${call}\n\`\`\`\n`,
  ],
  'code that is no Python: kept': [`\n\`\`\`text\n${call}\n\`\`\`\n`, `\n\`\`\`text\n${call}\n\`\`\`\n`],
};

test.each(Object.entries(pages))('%s', async (_, [before, after]) => {
  const { texts, again } = await mend({ [guide]: frontmatter + before });
  expect([texts[guide], again]).toEqual([frontmatter + after, 0]);
});

test('CRLF, a byte order mark and trailing spaces stay, byte for byte', async () => {
  const crlf = (text: string) => `\uFEFF${(frontmatter + text).replaceAll('\n', '\r\n')}`;
  const imports = 'from trl import DPOConfig, OnlineDPOConfig';
  const split = 'from trl import DPOConfig\nfrom trl.experimental.online_dpo import OnlineDPOConfig';
  const text = (of: string, config: string) =>
    crlf(`\nTwo spaces:  \n\n\`\`\`python\n${of}\n\n${config}  \n\`\`\`\n\n\tLast`);
  const { texts } = await mend({ [guide]: text(imports, call) });
  expect(texts[guide]).toBe(text(split, right));
});

const record = (minimal: string) => `slug: dpo
name: DPO
title: Direct Preference Optimization
class: DPOTrainer
config: DPOConfig
family: preference
summary: Fits a policy to pairs of answers.
when_not: Not when answers can be scored by a program.
data:
  columns: [prompt, chosen, rejected]
  format: preference
models: [policy, reference]
generates: false
policy: "off"
difficulty: 2
memory: 2
aliases: [dpo]
papers: ["2305.18290"]
priority: 2
availability:
  - { tier: stable, since: "<=0.25.1" }
facts: "1.16.0"
reference:
  loss: 'x'   # a remark
  first_loss: It is $\\ln 2$.
  first_loss_recorded: 0.693147
  where: At the first step.
  key_arguments: [beta]
  minimal: ${minimal}
`;

test('Python in a block of a registry record', async () => {
  const block = (tokens: string) => `|
    from trl import DPOConfig, SFTConfig

    SFTConfig(
        output_dir="max_seq_length",  # max_seq_length
        ${tokens}=512,
    )`;
  const { texts, again } = await mend({ 'trainers/dpo.yaml': record(block('max_seq_length')) });
  expect([texts['trainers/dpo.yaml'], again]).toEqual([record(block('max_length')), 0]);
});

test('not in a scalar whose lines YAML folds or quotes', async () => {
  for (const minimal of [`"${call.replaceAll('"', '\\"')}"`, `>\n    SFTConfig(\n    max_seq_length=512)`]) {
    const { changed } = await mend({ 'trainers/dpo.yaml': record(minimal) });
    expect(changed).toEqual([]);
  }
});

test('values of frontmatter and of a script’s header that YAML and TOML read otherwise', async () => {
  const script = 'example-scripts/x.py';
  const slips = frontmatter
    .replace('title: A guide', 'title: Loss: what it is')
    .replace('[dpo]', 'dpo  # one')
    .replace('difficulty: 3', 'difficulty: "3"');
  const header = scriptOf('x = 1\n').replace('difficulty = 2', 'difficulty = "2"');
  const { texts, said } = await mend({ [guide]: `${slips}\nText.\n`, [script]: header });
  expect(texts[guide]).toBe(
    `${frontmatter.replace('A guide', '"Loss: what it is"').replace('[dpo]', '[dpo]  # one')}\nText.\n`,
  );
  expect(texts[script]).toBe(scriptOf('x = 1\n'));
  expect(said).toContain('fixed 4 places in 2 files\n');
});

test('what was changed is told line by line', async () => {
  const { said } = await mend({
    'example-scripts/x.py': scriptOf(`from trl import SFTConfig\n\n${call}\n`),
  });
  expect(said).toBe('example-scripts/x.py:18:29  max_seq_length -> max_length\nfixed 1 place in 1 file\n');
});

test('a link is left alone, and so is what it points at', () =>
  withFiles({}, async (dir) => {
    const target = join(dir, 'elsewhere.txt');
    await writeFile(target, scriptOf(`${call}\n`));
    await symlink(target, join(dir, 'example-scripts/x.py'));
    const { fixed, refused } = await fixContent(dir);
    expect(fixed).toEqual([]);
    expect(refused.map(({ why }) => why)).toEqual(['it is a symbolic link: mend the file that it points at']);
    expect(await readFile(target, 'utf8')).toBe(scriptOf(`${call}\n`));
  }));

test('permissions stay, and nothing is left beside the file', () =>
  withFiles({ 'example-scripts/x.py': scriptOf(`${call}\n`) }, async (dir) => {
    const path = join(dir, 'example-scripts/x.py');
    await chmod(path, 0o751);
    const names = [...(await snapshot(dir)).keys()];
    expect((await fixContent(dir)).fixed).toHaveLength(1);
    expect((await stat(path)).mode & 0o777).toBe(0o751);
    expect([...(await snapshot(dir)).keys()]).toEqual(names);
  }));

test('a file that changed after it was read keeps what its author wrote', () =>
  withFiles({ 'example-scripts/x.py': 'one\n' }, async (dir) => {
    const path = join(dir, 'example-scripts/x.py');
    const original = await readOriginal(path, dir);
    if (typeof original === 'string') throw new Error(original);
    await writeFile(path, 'two\n');
    await expect(replaceText(original, 'three\n')).rejects.toThrow(ChangedMeanwhile);
    expect(await readFile(path, 'utf8')).toBe('two\n');
    await rm(path);
    await expect(replaceText(original, 'three\n')).rejects.toThrow('ENOENT');
    expect((await snapshot(dir)).has('example-scripts/x.py')).toBe(false);
  }));
