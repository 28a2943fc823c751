import type { Trainer } from '../collections/trainer.ts';
import { toWrite } from '../collections/unfinished.ts';
import { proseWidth, pythonList, wrapped } from './python-text.ts';
import type { Cell } from './script-file.ts';
import type { Subject } from './subject.ts';
import { headOf, loadedLabels, loaderOf, takes } from './trainer-call.ts';

/** The view of the lab's data that each format needs: a function of `lab.py` with its arguments. */
const views: Record<Trainer['data']['format'], string> = {
  'language-modeling': 'lab.language_modeling(4_000, seed=args.seed)',
  'prompt-completion': 'lab.prompt_completion(4_000, seed=args.seed)',
  preference: 'lab.preference(4_000, rejected="descending", flipped=0.1)',
  'unpaired-preference': 'lab.unpaired_preference(4_000, flipped=0.1)',
  'prompt-only': 'lab.prompt_only(4_000, seed=10)',
  stepwise: 'lab.stepwise(4_000, seed=10)',
};

const prose = (text: string) => wrapped(text, proseWidth);

/** Where the trained model comes from, and the teacher beside it. */
export function modelCell(subject: Subject): Cell[] {
  const head = headOf(subject);
  const teacher = takes(subject, 'teacher_model');
  const fresh = head !== 'language' || teacher;
  const kind = head === 'language' ? '' : `, head="${head}"`;
  const tiny = fresh
    ? [
        ...(teacher
          ? ['teacher_path = str(args.warm_start or lab.warm_up(output_dir / "warm", seed=args.seed))']
          : []),
        'tokenizer = lab.make_tokenizer()',
        'model_path = str(output_dir / "random")',
        `lab.make_model(tokenizer, args.seed${kind}).save_pretrained(model_path)`,
        'tokenizer.save_pretrained(model_path)',
      ]
    : ['model_path = str(args.warm_start or lab.warm_up(output_dir / "warm", seed=args.seed))'];
  const classes = [
    ...new Set([loaderOf(subject), ...(teacher ? ['AutoModelForCausalLM'] : []), 'AutoTokenizer']),
  ];
  const loaded = (variable: string, path: string, loader: string, more: readonly string[] = []) =>
    pythonList(`${variable} = ${loader}.from_pretrained(`, [path, 'dtype=torch.float32', ...more], ')');
  return [
    {
      prose: [
        '## The model',
        '',
        ...prose(
          fresh
            ? `The tiny model has two layers and random weights.${teacher ? ' The teacher is the same model after fine-tuning: it sorts.' : ''} ${toWrite('why it starts there, and what the default run loads.')}`
            : `The tiny model has two layers. \`SFTTrainer\` warms it up on the two-way corpus; \`--warm-start\` takes the folder of an earlier warm-up instead. ${toWrite('what the default run loads, and why.')}`,
        ),
      ],
    },
    {
      code: [
        `output_dir = args.output_dir or Path(tempfile.mkdtemp(prefix="${subject.trainer.slug}-"))`,
        'if args.tiny:',
        '    import lab',
        '',
        ...tiny.map((line) => `    ${line}`),
        'else:',
        `    model_path = args.model${teacher ? '\n    teacher_path = args.teacher' : ''}`,
        '',
        'import torch',
        `from transformers import ${classes.sort().join(', ')}`,
        '',
        'tokenizer = AutoTokenizer.from_pretrained(model_path)',
        '# loaded here in float32, because a path may keep the precision of the checkpoint',
        ...loaded('model', 'model_path', loaderOf(subject), loadedLabels(subject)),
        ...(teacher ? loaded('teacher', 'teacher_path', 'AutoModelForCausalLM') : []),
      ],
    },
  ];
}

/** What scores the samples, for trainers that are given it. */
export function rewardCell(subject: Subject): Cell[] {
  if (!takes(subject, 'reward_funcs') && !takes(subject, 'reward_model')) return [];
  const byModel = subject.trainer.models.includes('reward') || !takes(subject, 'reward_funcs');
  const code = byModel
    ? [
        'if args.tiny:',
        '    reward_path = str(lab.train_reward_model(output_dir / "reward", model_path))',
        'else:',
        '    reward_path = args.reward_model',
        '',
        'from transformers import AutoModelForSequenceClassification',
        '',
        'reward = AutoModelForSequenceClassification.from_pretrained(reward_path, num_labels=1)',
      ]
    : [
        'def reward(completions, word=None, **columns) -> list[float]:',
        '    """Lists in, a list out: one entry a completion."""',
        '    texts = [messages[0]["content"] for messages in completions]',
        '    if word is None:',
        `        # ${toWrite('the reward of the default run; this one only prefers short answers')}`,
        '        return [-float(len(text)) for text in texts]',
        '    return [lab.position_reward(w, text) for w, text in zip(word, texts, strict=True)]',
      ];
  return [
    {
      prose: [
        '## The reward',
        '',
        ...prose(
          byModel
            ? `A sequence classifier with one label is the judge. The tiny one learns from pairs of right against reversed or against two letters swapped. ${toWrite('what it has never seen, and what follows.')}`
            : `In the lab an answer can be checked: the reward is the share of letters that stand where they should. ${toWrite('the reward of the default run.')}`,
        ),
      ],
    },
    { code, definition: !byModel },
  ];
}

/** The training data, with the columns that the registry names. */
export function dataCell({ trainer }: Subject): Cell[] {
  const { columns, note, format } = trainer.data;
  const wanted = columns.map((column) => JSON.stringify(column)).join(', ');
  return [
    {
      prose: [
        '## The data',
        '',
        ...prose(
          `The trainer reads ${columns.map((column) => `\`${column}\``).join(', ')}. ${note} ${toWrite('what else one should know of the data.')}`,
        ),
      ],
    },
    {
      code: [
        'from datasets import load_dataset',
        '',
        'if args.tiny:',
        `    train_dataset = ${views[format]}`,
        'else:',
        `    # ${toWrite(`check that this set has the columns that ${trainer.class} reads`)}`,
        '    train_dataset = load_dataset(args.dataset, split="train")',
        `missing = {${wanted}} - set(train_dataset.column_names)`,
        'assert not missing, f"the data lacks {missing}"',
        'for column in train_dataset.column_names:',
        '    print(f"{column:12s}", str(train_dataset[0][column])[:120])',
      ],
    },
  ];
}
