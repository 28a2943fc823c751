import { toWrite } from '../collections/unfinished.ts';
import { proseWidth, pythonList, wrapped } from './python-text.ts';
import type { Cell } from './script-file.ts';
import type { Subject } from './subject.ts';
import { callArguments, headOf, loadedLabels, loaderOf, takes, trainerImport } from './trainer-call.ts';

const prose = (text: string) => wrapped(text, proseWidth);

/** The field that limits a sample's length, by the names that TRL has given it. */
function lengthField({ configClass }: Subject): string | undefined {
  const names = ['max_completion_length', 'max_new_tokens', 'response_length'];
  const own = new Set(configClass.fields.map(({ name }) => name));
  return names.find((name) => own.has(name));
}

/** The settings, the trainer, the training. */
export function trainingCells(subject: Subject): Cell[] {
  const { trainer, configClass } = subject;
  const length = trainer.generates ? lengthField(subject) : undefined;
  const rate = configClass.fields.find(({ name }) => name === 'learning_rate')?.default ?? '5e-5';
  const lora = takes(subject, 'peft_config');
  const call = callArguments(
    subject,
    lora ? { peft_config: 'LoraConfig(r=16, target_modules="all-linear") if args.lora else None' } : {},
  );
  return [
    {
      prose: [
        '## The settings',
        '',
        ...prose(
          `The tiny run takes 20 steps at 1e-3. ${toWrite(`settings with which a curve visibly learns, and why they differ from TRL's learning rate of ${rate}.`)}`,
        ),
      ],
    },
    {
      code: [
        trainerImport(subject),
        '',
        'if args.tiny:',
        ...pythonList(
          'settings = lab.tiny_arguments(',
          [
            'output_dir',
            'max_steps=args.max_steps or 20',
            'per_device_train_batch_size=16',
            'learning_rate=args.learning_rate or 1e-3',
            'seed=args.seed',
            ...(length ? [`${length}=lab.WORD_LENGTH + 2`] : []),
          ],
          ')',
          4,
        ),
        'else:',
        '    settings = {',
        '        "output_dir": str(output_dir),',
        '        "num_train_epochs": 1,',
        '        "max_steps": args.max_steps or -1,',
        `        "learning_rate": args.learning_rate or ${rate},`,
        '        "logging_steps": 10,',
        '        "seed": args.seed,',
        '    }',
        `config = ${trainer.config}(**settings)`,
      ],
    },
    {
      prose: [
        '## The trainer',
        '',
        ...prose(toWrite('print the first example with its mask, and assert the first loss.')),
      ],
    },
    {
      code: [
        ...(lora ? ['from peft import LoraConfig'] : []),
        'from transformers import PrinterCallback',
        '',
        ...pythonList(`trainer = ${trainer.class}(`, call, ')'),
        'trainer.remove_callback(PrinterCallback)  # the log is read below instead of scrolling by',
      ],
    },
    ...(headOf(subject) === 'language'
      ? [
          {
            prose: [
              '## What the model says before',
              '',
              ...prose(toWrite('on held-out prompts, in the lab and in the default run.')),
            ],
          },
          {
            code: [
              'prompts = lab.make_words(200, seed=99, held_out=True) if args.tiny else []',
              'said_before = lab.sample(trainer.model, tokenizer, prompts) if args.tiny else []',
              'print(list(zip(prompts, said_before, strict=True))[:3])',
            ],
          },
        ]
      : []),
    { prose: ['## Train'] },
    { code: ['trainer.train()'] },
  ];
}

/** The log, and what the model does afterwards. */
export function sampleCells(subject: Subject): Cell[] {
  const language = headOf(subject) === 'language';
  return [
    {
      prose: [
        '## Read the log',
        '',
        ...prose(toWrite('every logged metric, first and last, and what a healthy run shows.')),
      ],
    },
    {
      code: [
        'log = [entry for entry in trainer.state.log_history if "loss" in entry]',
        'for name in log[0]:',
        '    print(f"{name:24s} {log[0][name]:10.4f} {log[-1][name]:10.4f}")',
        ...(language
          ? [
              'results: dict[str, float] = {}',
              'samples: list[dict[str, str]] = []',
              'if args.tiny:',
              '    said_after = lab.sample(trainer.model, tokenizer, prompts)',
              '    for when, said in (("before", said_before), ("after", said_after)):',
              '        scores = lab.evaluate(prompts, said)',
              '        results |= {f"{name}_{when}": value for name, value in scores.items()}',
              '    results["win_rate"] = lab.win_rate(prompts, said_after, said_before)',
              '    samples = [',
              '        {"prompt": word, "before": before, "after": after}',
              '        for word, before, after in zip(prompts[:8], said_before, said_after, strict=False)',
              '    ]',
              'print({name: round(value, 3) for name, value in results.items()})',
            ]
          : [
              `results: dict[str, float] = {}  # ${toWrite('accuracy on held-out data')}`,
              'samples: list[dict[str, str]] = []',
            ]),
        `# ${toWrite('assert the final metric over a floor')}`,
      ],
    },
  ];
}

/** Save, reload, the same logits; and the record of the run. */
export function savedCells(subject: Subject): Cell[] {
  const lora = takes(subject, 'peft_config');
  const loader = loaderOf(subject);
  const indent = lora ? 4 : 0;
  const load = pythonList(
    `reloaded = ${loader}.from_pretrained(`,
    ['folder', 'dtype=trainer.model.dtype', ...loadedLabels(subject)],
    ')',
    indent,
  );
  const body = [
    'reloaded = reloaded.to(trainer.model.device).eval()',
    'probe = tokenizer("abcde", return_tensors="pt").to(trainer.model.device)',
    "with torch.no_grad(), trainer.accelerator.autocast():  # both at the trainer's precision",
    '    pair = [each(**probe).logits.float() for each in (trainer.model.eval(), reloaded)]',
    'assert torch.allclose(*pair, atol=1e-5), "the reloaded model differs"',
  ];
  return [
    {
      prose: [
        '## Save, reload, compare',
        '',
        ...prose(
          `A saved model that answers differently from the one in memory is a bug that shows up weeks later. ${lora ? 'With `--lora` only the adapter is saved.' : ''}`.trim(),
        ),
      ],
    },
    {
      code: [
        'folder = output_dir / "final"',
        'trainer.save_model(str(folder))',
        ...(lora ? ['if not args.lora:'] : []),
        ...load,
        ...body.map((line) => `${' '.repeat(indent)}${line}`),
        'if args.metrics:',
        '    lab.write_record(args.metrics, log, results, samples, args.seed)',
        'print("the draft ran to its end; it asserts little yet")',
      ],
    },
  ];
}
