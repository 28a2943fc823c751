import { toWrite } from '../collections/unfinished.ts';
import { draftFrontmatter, type HeadText, mdxText, paragraph, type SetIds, summaryOf } from './entry-text.ts';
import { lossFields } from './field-groups.ts';
import { pythonName, type Subject } from './subject.ts';

/** `content/reference-guides/<slug>-….mdx`, in the order of the content standard. */
export function guidePage(
  subject: Subject,
  { ids, papers }: { ids: SetIds; papers: readonly string[] },
): string {
  const { trainer, facts, trainerClass, configClass } = subject;
  const fields = lossFields(configClass);
  const losses = lossTypes(subject);
  const head = draftFrontmatter({
    title: `The ${trainer.name} ${trainer.family === 'rl' ? 'objective' : 'loss'}, derived`,
    question: `Why is the loss of ${trainer.name} what it is, and what does each number in its log mean?`,
    summary: summaryOf(trainer),
    trainers: [trainer.slug],
    difficulty: trainer.difficulty,
    prerequisites: ['Log-probabilities of a language model and what a softmax does'],
    covers: [
      'derivation',
      'gradient, case by case',
      'limits and sanity checks',
      'failure modes',
      'hyper-parameters',
    ],
    papers,
    next: [`trainers/${ids.annotated}`, `examples/${ids.script}`],
    unchecked: ["the paper's own experiments"],
  });
  const symbols = fields.map(
    ({ name, default: value }) =>
      `| ${toWrite('symbol')} | | | | \`${trainer.config}.${name}\`, ${value === null ? 'required' : `\`${value}\``} |`,
  );
  const sections = [
    head,
    `## What the loss is for`,
    mdxText(trainer.summary),
    paragraph(
      `the question that the method answers${papers.length > 0 ? `, with its paper [@${papers[0]}]` : ''}, and every symbol in one clause where it is first used.`,
    ),
    mdxText(trainer.when_not),
    '**It is the wrong tool when**',
    `- ${toWrite('the cases in which it is the wrong tool, one a line.')}`,
    '## The idea in one picture',
    paragraph('a figure (`<CurvePlot>`, `dot` or `<Explorer>`) and the intuition.'),
    '## Symbols',
    `Of TRL ${facts.trl}, \`${trainerClass.import_path}\`; the distilled code is [the annotated trainer's](/trainers/${ids.annotated}/#block-by-block), in \`content/distilled/${pythonName(trainer)}.py\`.`,
    [
      '| symbol | meaning | shape | in the distilled code | config field, default |',
      '|---|---|---|---|---|',
      ...symbols,
    ].join('\n'),
    '## Derivation',
    paragraph('no step skipped: each is proved here or cited.'),
    '### The gradient',
    paragraph('the gradient, read case by case.'),
    '## Limits and sanity checks',
    paragraph('each limit executed by a Python block.'),
    '## Worked by hand',
    paragraph(
      'three or four numbers through every step, reproduced by a Python block; one deceptive case among them.',
    ),
    '## First-loss fingerprints',
    paragraph('what the first logged loss must be, for every variant.'),
    '## Equation to code',
    paragraph('term by term.'),
    '## Variants',
    ...(losses.length > 0
      ? [
          `\`${trainer.config}\` takes these loss types:`,
          [
            '| `loss_type` | loss, as a difference from the base | when |',
            '|---|---|---|',
            ...losses.map((name) => `| \`${name}\` | ${toWrite('the difference')} | |`),
          ].join('\n'),
        ]
      : [paragraph('the facts name no loss types. Tell the variants as differences from the base loss.')]),
    '## Failure modes',
    `| symptom | signature | cause | cure | source |\n|---|---|---|---|---|\n| ${toWrite('a symptom')} | | | | |`,
    paragraph('at least one of them is reproduced by `--bug` of the script.'),
    '## Hyper-parameters',
    [
      '| field | default | what it does to the gradient | where to start |',
      '|---|---|---|---|',
      ...fields.map(
        ({ name, default: value }) =>
          `| \`${name}\` | ${value === null ? 'required' : `\`${value}\``} | ${toWrite('its effect')} | |`,
      ),
    ].join('\n'),
    '## Siblings',
    paragraph('the same toy batch through the neighbouring methods.'),
    '## Exercises',
    `<Exercise title="${toWrite('a title')}">\n${toWrite('the task.')}\n<Answer>\n${toWrite('the answer.')}\n</Answer>\n</Exercise>`,
    '## Further reading',
    `- ${toWrite('papers, threads and code that helped.')}`,
  ];
  return `${sections.join('\n\n').replace(/\n{3,}/g, '\n\n')}\n`;
}

/** Loss types by the trainer's source, or by the choices of the config's field. */
function lossTypes({ trainerClass, configClass }: Subject): string[] {
  if (trainerClass.loss_types.length > 0) return trainerClass.loss_types;
  const field = configClass.fields.find(
    ({ name, inherited_from }) => name === 'loss_type' && inherited_from === null,
  );
  return (field?.choices ?? []).filter((choice) => typeof choice === 'string');
}

/** `npm run new -- --guide <title>`: a guide of no trainer yet. */
export function freeGuide(title: string): string {
  const head: HeadText = {
    title,
    question:
      title.endsWith('?') && title.length >= 10
        ? title
        : `What does this page answer: ${title.replace(/[?.!]+$/, '')}?`,
    summary:
      `${title.replace(/[.!]+$/, '')}: a summary of at most 220 characters for cards and search results.`.slice(
        0,
        220,
      ),
    trainers: [],
    difficulty: 2,
    prerequisites: [],
    covers: ['a topic of the page'],
    papers: [],
    next: [],
    unchecked: [],
  };
  return [
    draftFrontmatter(
      head,
      [
        `# ${toWrite('the trainers that the page serves, by their slugs; leave the list out if it serves none or all.')}`,
        'trainers: []',
      ],
      'the title',
    ),
    '## The question',
    '',
    paragraph('the question, and when this is the wrong page for it.'),
    '',
    '## Worked by hand',
    '',
    paragraph('three or four numbers through every step, in a Python block with its output.'),
    '',
    '## Failure modes',
    '',
    paragraph('symptom, signature, cause, cure, source.'),
    '',
    '## Exercises',
    '',
    `<Exercise title="${toWrite('a title')}">`,
    toWrite('the task.'),
    '<Answer>',
    toWrite('the answer.'),
    '</Answer>',
    '</Exercise>',
    '',
    '## Further reading',
    '',
    `- ${toWrite('papers and threads.')}`,
    '',
  ].join('\n');
}
