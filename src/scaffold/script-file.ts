import { toWrite } from '../collections/unfinished.ts';
import { type SetIds, summaryOf } from './entry-text.ts';
import { commentLines, proseWidth, pythonList, wrapped } from './python-text.ts';
import { scriptHeader } from './script-header.ts';
import { sampleCells, savedCells, trainingCells } from './script-training.ts';
import { dataCell, modelCell, rewardCell } from './script-world.ts';
import { pythonName, type Subject } from './subject.ts';
import { dataSets, defaultModel, takes } from './trainer-call.ts';

/** Exact pins of the packages a script needs, by name: those of `src/python/requirements.txt`. */
export type Pins = ReadonlyMap<string, string>;

/** A cell of a `py:percent` script. */
export type Cell = { prose: string[] } | { code: string[]; definition?: boolean };

const packages = ['trl', 'transformers', 'torch', 'datasets', 'accelerate', 'tokenizers', 'peft'];

/** `content/example-scripts/<name>_training.py`: it parses, and runs with `--tiny` as far as a draft can. */
export function scriptFile(
  subject: Subject,
  { ids, papers, pins }: { ids: SetIds; papers: readonly string[]; pins: Pins },
): string {
  const { trainer, facts } = subject;
  const name = `${pythonName(trainer)}_training.py`;
  const release = new Map([...pins, ['trl', facts.trl]]);
  const header = scriptHeader(
    {
      title: `Train with ${trainer.name}, checked at every step`,
      question: `What does a run of ${trainer.name} look like when each step is checked, and when it goes wrong?`,
      summary: summaryOf(trainer),
      trainers: [trainer.slug],
      difficulty: trainer.difficulty,
      prerequisites: ['Python; having run a training script once'],
      covers: ['data and what the trainer reads of it', 'first-loss check', 'save and reload'],
      papers,
      next: [`trainers/${ids.annotated}`, `guides/${ids.guide}`],
      unchecked: [
        'the default run, which downloads a model and wants a GPU: neither its time nor its memory',
      ],
    },
    packages.flatMap((each) => (release.has(each) ? [`${each}==${release.get(each)}`] : [])),
  );
  const cells: Cell[] = [
    {
      prose: [
        ...lines(toWrite('the one idea of the method, and what this script shows of it.')),
        '',
        ...lines(
          'With `--tiny` it runs on a CPU, without a network, in a world made on the spot. A prompt is a word of five letters, an answer the same letters in order.',
        ),
        '',
        '```bash',
        '# the run on this page',
        `uv run ${name} --tiny`,
        '# a real model; wants a GPU',
        `uv run ${name}`,
        '```',
        '',
        '`--tiny` needs `lab.py` in the same folder.',
      ],
    },
    { code: argumentsCell(subject) },
    ...modelCell(subject),
    ...rewardCell(subject),
    ...dataCell(subject),
    ...trainingCells(subject),
    ...sampleCells(subject),
    ...savedCells(subject),
    {
      prose: [
        '## Exercises',
        '',
        ...lines(`1. ${toWrite('an exercise, with its answer folded in `<details class="answer">`.')}`),
      ],
    },
  ];
  return `${header.join('\n')}\n${note.join('\n')}\n\n${joined(cells)}\n`;
}

const note = commentLines(
  `A draft. ${toWrite('assert what the script teaches: the columns, the first loss, the first example with its mask, the final metric over a floor.')}`,
);

/** Cells with an empty line between them; two around a definition and the prose above it, as Ruff formats it. */
function joined(cells: readonly Cell[]): string {
  const defines = (cell: Cell | undefined) =>
    cell !== undefined && 'code' in cell && cell.definition === true;
  return cells
    .map((cell, index) => {
      const next = cells[index + 1];
      const apart = defines(cell) || defines(next) || (next && 'prose' in next && defines(cells[index + 2]));
      return `${cellText(cell)}${next ? (apart ? '\n\n\n' : '\n\n') : ''}`;
    })
    .join('');
}

function cellText(cell: Cell): string {
  if ('code' in cell) return ['# %%', ...cell.code].join('\n');
  return ['# %% [markdown]', ...cell.prose.map((line) => `# ${line}`.trimEnd())].join('\n');
}

function lines(text: string): string[] {
  return wrapped(text, proseWidth);
}

function argumentsCell(subject: Subject): string[] {
  const { trainer } = subject;
  const add = (...items: string[]) => pythonList('parser.add_argument(', items, ')');
  return [
    'import argparse',
    'import tempfile',
    'from pathlib import Path',
    '',
    `BUGS: list[str] = []  # ${toWrite('failure modes that --bug reproduces')}`,
    `parser = argparse.ArgumentParser(description="${trainer.name} with TRL, checked at every step.")`,
    ...add('"--tiny"', 'action="store_true"', 'help="the synthetic world, on a CPU"'),
    ...add('"--bug"', 'choices=BUGS', 'help="goes wrong in one way; needs --tiny"'),
    ...add('"--model"', `default="${defaultModel}"`),
    ...(takes(subject, 'teacher_model') ? add('"--teacher"', 'default="Qwen/Qwen2.5-1.5B-Instruct"') : []),
    ...(trainer.models.includes('reward') && takes(subject, 'reward_funcs')
      ? add('"--reward-model"', 'default="trl-lib/Qwen2-0.5B-Reward"')
      : []),
    ...add('"--dataset"', `default="${dataSets[trainer.data.format]}"`),
    ...add('"--learning-rate"', 'type=float', 'help="default: see the settings below"'),
    ...add('"--max-steps"', 'type=int', 'help="default: 20 with --tiny, else one epoch"'),
    ...add('"--seed"', 'type=int', 'default=0'),
    ...(takes(subject, 'peft_config') ? add('"--lora"', 'action="store_true"') : []),
    ...add('"--warm-start"', 'type=Path', 'help="a folder that lab.warm_up has written"'),
    ...add('"--output-dir"', 'type=Path', 'help="default: a temporary folder"'),
    ...add('"--metrics"', 'type=Path', 'help="with --tiny: write what the run did as JSON"'),
    'args, _ = parser.parse_known_args()  # a notebook passes arguments of its own',
    'if args.bug and not args.tiny:',
    '    parser.error("--bug needs --tiny: the failures are measured in the synthetic world")',
    'if args.metrics and not args.tiny:',
    '    parser.error("--metrics needs --tiny")',
  ];
}
