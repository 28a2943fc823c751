import { cp, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createRandom, type Random } from '../fuzz/random.ts';
import { formula, paragraph, python, sentence } from './page-text.ts';

/** Formulas on a page: five that stand by themselves, five in a sentence. */
const formulas = 10;

/** A file of the made-up content, below its folder. */
export interface CorpusFile {
  path: string;
  text: string;
}

/**
 * Made-up entries that differ in every paragraph, formula and line of code: three guides to each script.
 *
 * @param count how many entries
 * @param seed the same gives the same
 */
export function corpus(count: number, seed: number): CorpusFile[] {
  return Array.from({ length: count }, (_, index) => {
    const random = createRandom(Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b));
    const number = String(index + 1).padStart(5, '0');
    return index % 4 === 3
      ? { path: `example-scripts/made_up_${number}.py`, text: script(random, number) }
      : { path: `reference-guides/made-up-${number}.mdx`, text: guide(random, number) };
  });
}

/**
 * Writes a content folder that builds: the small one of the tests, and made-up entries beside its own.
 *
 * @param small the folder that holds registry and facts
 */
export async function writeCorpus(dir: string, small: string, files: readonly CorpusFile[]): Promise<void> {
  await cp(small, dir, { recursive: true });
  for (const { path, text } of files) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), text);
  }
}

function guide(random: Random, number: string): string {
  const sections = Array.from({ length: formulas / 2 }, (_, at) =>
    [
      `## Section ${at + 1} of ${number}`,
      `${paragraph(random)} Here $${formula(random)}$ meets \`DPOConfig.beta\` and the [reference model](glossary:reference-model).`,
      `$$\n${formula(random)}\n$$`,
      paragraph(random),
      `\`\`\`python\n${python(random)}\n\`\`\``,
      list(random),
    ].join('\n\n'),
  );
  const head = `---
title: Made-up guide ${number}
question: What does page ${number} hold?
summary: ${sentence(random)}
trainers: [dpo]
difficulty: ${1 + random.below(3)}
covers: [derivation]
---`;
  return `${[head, ...sections].join('\n\n')}\n`;
}

function script(random: Random, number: string): string {
  const cells = Array.from({ length: formulas / 2 }, (_, at) => {
    const prose = [
      `## Cell ${at + 1} of ${number}`,
      `${paragraph(random)} Here $${formula(random)}$.`,
      `$$\n${formula(random)}\n$$`,
      sentence(random),
    ].join('\n\n');
    const comment = prose.split('\n').map((line) => (line === '' ? '#' : `# ${line}`));
    return ['# %% [markdown]', ...comment, '', '# %%', python(random)].join('\n');
  });
  return `# /// script
# requires-python = ">=3.10"
# dependencies = ["trl==1.16.0"]
#
# [tool.tutorial]
# title = "Made-up script ${number}"
# question = "What does script ${number} do?"
# summary = "${sentence(random)}"
# trainers = ["dpo"]
# difficulty = ${1 + random.below(3)}
# covers = ["training"]
# ///
"""${sentence(random)}"""

${cells.join('\n\n')}
`;
}

function list(random: Random): string {
  return Array.from({ length: 3 + random.below(4) }, () => `- ${sentence(random)}`).join('\n');
}
