import { toWrite } from '../collections/unfinished.ts';
import { availabilityText } from '../coverage/wording.ts';
import { whatOf } from '../trl/migration-rows.ts';
import type { ReleaseChange } from '../trl/release-changes.ts';
import { sourceLink } from '../trl/source-link.ts';
import { draftFrontmatter, mdxText, paragraph, type SetIds, summaryOf } from './entry-text.ts';
import { fieldGroups } from './field-groups.ts';
import type { PlannedRegion } from './regions.ts';
import { pythonName, type Subject } from './subject.ts';
import { minimalScript } from './trainer-call.ts';
import { yamlLine } from './yaml-text.ts';

/** What the page is filled in with beside registry and facts. */
export interface AnnotatedFilling {
  ids: SetIds;
  regions: readonly PlannedRegion[];
  /** Ids of the trainer's papers that content/papers.yaml holds. */
  papers: readonly string[];
  /** Names of metrics that the class's own source sets; empty when the source is not at hand. */
  metrics: readonly string[];
  /** What changed between the oldest and the newest facts. */
  changes: readonly ReleaseChange[];
}

/** `content/annotated-trainers/<slug>.mdx`, in the order of the content standard. */
export function annotatedPage(subject: Subject, filling: AnnotatedFilling): string {
  const { trainer, facts, trainerClass } = subject;
  const { ids, papers } = filling;
  const head = draftFrontmatter(
    {
      title: `${trainer.class}, annotated`,
      question: `What does ${trainer.class} do with one batch, line by line?`,
      summary: summaryOf(trainer),
      trainers: [trainer.slug],
      difficulty: trainer.difficulty,
      prerequisites: [
        'Python and PyTorch; having fine-tuned a model with transformers once',
        `The formula: the [reference guide](/guides/${ids.guide}/) derives it, this page takes it as given`,
      ],
      covers: [
        'data preparation and collation',
        'the loss, block by block',
        'every logged metric',
        'configuration',
      ],
      papers,
      next: [`guides/${ids.guide}`, `examples/${ids.script}`],
      unchecked: ['runs on a GPU, or on several'],
    },
    [yamlLine('distilled', pythonName(trainer))],
  );
  const source = sourceLink(facts.tag, trainerClass.file, trainerClass.lines);
  const sections = [
    head,
    '## What it is for',
    mdxText(trainer.summary),
    paragraph('the purpose in a paragraph, and every symbol of this page in one clause.'),
    mdxText(trainer.when_not),
    "**Don't use it when**",
    `- ${toWrite('the cases in which it is the wrong tool, one a line.')}`,
    'The least that runs:',
    `\`\`\`python norun="downloads a model"\n${minimalScript(subject)}\n\`\`\``,
    `The [script](/examples/${ids.script}/) is the version to use: it checks each step.`,
    '<QuickFacts />',
    '## The life of one batch',
    paragraph(
      'two examples through the trainer, printed by Python blocks: token ids, masks and tensor shapes at every arrow, at the first step and one plain gradient step later.',
    ),
    '## Call graph',
    paragraph(
      `a \`dot\` diagram of who calls whom, from ${link('the source', source)}. The class itself defines ${callNames(subject)}.`,
    ),
    '## Block by block',
    `The code on this page is ours: the file \`content/distilled/${pythonName(trainer)}.py\`, cut into regions.`,
    paragraph('what a test compares it with, and the regions for a first reading.'),
    ...filling.regions.map(regionSection),
    '## Metrics',
    ...metricsSection(subject, filling.metrics),
    '## Guards',
    paragraph('every error and warning that the trainer raises: its condition, and what it protects from.'),
    `| guard | when | protects from |\n|---|---|---|\n| ${paragraph('guard')} | | |`,
    '## Configuration',
    ...fieldGroups(subject.configClass).map(({ title, fields }) =>
      [
        `<ConfigFields config="${trainer.config}" title="${title}">`,
        '',
        ...fields.map(({ name }) => `- \`${name}\`: ${toWrite('what it does.')}`),
        '',
        '</ConfigFields>',
      ].join('\n'),
    ),
    `<ConfigRest config="${trainer.config}" />`,
    '## Paper against implementation',
    `| the paper${papers.length > 0 ? ` [@${papers[0]}]` : ''} | TRL ${facts.trl} | effect |\n|---|---|---|\n| ${paragraph('a departure')} | | |`,
    '## What changed between releases',
    ...changesSection(filling.changes, subject),
    '## Questions people ask',
    `<Question ask="${toWrite('a question that people really ask?')}">\n${toWrite('a short answer. Name the thread: `thread="trl#123"`.')}\n</Question>`,
    '## Exercises',
    `<Exercise title="${toWrite('a title')}">\n${toWrite('the task.')}\n<Answer>\n${toWrite('the answer.')}\n</Answer>\n</Exercise>`,
    '## Further reading',
    [
      `- The derivation of everything that the trainer computes: [the reference guide](/guides/${ids.guide}/).`,
      ...papers.map((id) => `- The method's paper [@${id}].`),
      `- ${toWrite('threads and code that helped.')}`,
    ].join('\n'),
  ];
  return `${sections.join('\n\n').replace(/\n{3,}/g, '\n\n')}\n`;
}

const remarks = [
  ['What', 'what the block computes.'],
  ['How', 'the steps, with shapes.'],
  ['Why', 'why it is done, and why so.'],
  ['If you change it', 'what then happens.'],
] as const;

function regionSection({ name, markers }: PlannedRegion): string {
  const title = name.replaceAll('-', ' ');
  return [
    `### ${title.charAt(0).toUpperCase()}${title.slice(1)}`,
    '',
    `<Region name="${name}">`,
    '',
    ...remarks.flatMap(([part, what]) => [`**${part}.** ${toWrite(what)}`, '']),
    ...markers.map((marker) => `${marker}. ${toWrite(`the remark on the line marked (${marker}).`)}`),
    ...(markers.length > 0 ? [''] : []),
    '</Region>',
  ].join('\n');
}

function metricsSection({ trainerClass, facts }: Subject, metrics: readonly string[]): string[] {
  const where = `\`${trainerClass.name}\` of TRL ${facts.trl}`;
  const rows = metrics.length > 0 ? metrics.map((name) => `| \`${name}\` | | | |`) : ['| `loss` | | | |'];
  return [
    paragraph(
      metrics.length > 0
        ? `the names below are what the source of ${where} sets under a name of its own, and what recorded runs logged. Check which of them reach the log, add those of its base classes, and give each a formula and a range.`
        : `read the metrics off the source of ${where}: it is not at hand here, or sets none under a name of its own. Give each a formula and a range.`,
    ),
    ['| metric | formula | healthy | when things go wrong |', '|---|---|---|---|', ...rows].join('\n'),
  ];
}

function changesSection(changes: readonly ReleaseChange[], subject: Subject): string[] {
  const moves = subject.trainer.availability.map(availabilityText);
  const rows = changes.map(
    (change) => `| ${change.since ?? ''} | ${nameOf(change)}: ${whatOf(change)} | ${toWrite('what to do')} |`,
  );
  return [
    ...(moves.length > 0 ? [moves.map((line) => `- ${line}`).join('\n')] : []),
    paragraph(
      'compare the releases: fields, signatures, data path, metrics. What the facts show stands below; give content/migration.yaml a sentence for each.',
    ),
    ...(rows.length > 0 ? [['| since | change | what to do |', '|---|---|---|', ...rows].join('\n')] : []),
  ];
}

/** Names that are gone are written without their class, or the check looks for them in today's release. */
function nameOf({ symbol, kind }: ReleaseChange): string {
  return kind === 'class' ? symbol : `${kind} \`${symbol.split('.').at(-1)}\``;
}

function callNames({ trainerClass }: Subject): string {
  const own = trainerClass.methods.filter(
    ({ inherited_from, lines }) => inherited_from === null && lines !== null,
  );
  return own.map(({ name }) => `\`${name}\``).join(', ');
}

function link(text: string, address: string): string {
  return `[${text}](${address})`;
}
