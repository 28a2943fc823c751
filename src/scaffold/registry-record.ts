import { join } from 'node:path';
import type { ContentSource } from '../collections/content-source.ts';
import type { Facts, TrlClass } from '../collections/facts.ts';
import type { Trainer } from '../collections/trainer.ts';
import { toWrite } from '../collections/unfinished.ts';
import type { NewFile } from './write-files.ts';
import { yamlComment, yamlLine } from './yaml-text.ts';

type Guess = Pick<Trainer, 'family' | 'generates' | 'models'> & { format: Trainer['data']['format'] };

const columns: Record<Trainer['data']['format'], string[]> = {
  'language-modeling': ['messages'],
  'prompt-completion': ['prompt', 'completion'],
  preference: ['prompt', 'chosen', 'rejected'],
  'unpaired-preference': ['prompt', 'completion', 'label'],
  'prompt-only': ['prompt'],
  stepwise: ['prompt', 'completions', 'labels'],
};

/** `content/trainers/<slug>.yaml` of a class that the registry does not know: a draft, its guesses marked. */
export function registryRecord(
  trlClass: TrlClass,
  facts: Facts,
  source: ContentSource,
): NewFile & { slug: string } {
  const name = trlClass.name.replace(/Trainer$/, '').replaceAll(/([a-z])([A-Z])/g, '$1 $2');
  const slug = name.toLowerCase().replaceAll(' ', '-');
  const { family, generates, models, format } = guess(trlClass, facts);
  const paper = trlClass.paper;
  const isKnown = paper !== null && source.papers.some(({ id }) => id === paper);
  const priority = Math.max(0, ...source.trainers.map((each) => each.priority)) + 1;
  const text = [
    yamlLine('slug', slug),
    yamlLine('name', name),
    yamlLine('title', toWrite('the name in full.')),
    yamlLine('class', trlClass.name),
    yamlLine('config', trlClass.config ?? ''),
    yamlComment(
      toWrite(
        'family, data, models, generates and policy are guessed from the constructor and the config. Read the source.',
      ),
    ),
    yamlLine('family', family),
    yamlLine('summary', toWrite('what it does, in a sentence of at most 240 characters.')),
    yamlLine('when_not', toWrite('when it is the wrong tool. Begin with Not.')),
    'data:',
    yamlLine('columns', columns[format], 2),
    yamlLine('format', format, 2),
    yamlLine('models', models),
    yamlLine('generates', generates),
    yamlLine('policy', generates ? 'on' : 'off'),
    yamlComment(
      toWrite(
        'difficulty and memory from 1 to 4, beside the other records; what people search for; the order of documentation.',
      ),
    ),
    'difficulty: 3',
    'memory: 2',
    yamlLine('aliases', [name.toLowerCase()]),
    ...(isKnown ? [yamlLine('papers', [paper])] : []),
    ...(paper !== null && !isKnown
      ? [yamlComment(toWrite(`add the paper ${paper} to papers.yaml, and here as \`papers\`.`))]
      : []),
    yamlLine('priority', priority),
    ...availability(trlClass, source),
    yamlLine('facts', facts.trl),
    '# A draft is built by `npm run dev`, and by `npm run build -- --drafts`. Nothing unfinished may stay when this goes.',
    'draft: true',
    '',
  ].join('\n');
  return { slug, path: join(source.dir, 'trainers', `${slug}.yaml`), text };
}

/** What constructor and config tell: whether there is a teacher, a reward, a reference, sampling. */
function guess(trlClass: TrlClass, facts: Facts): Guess {
  const init = trlClass.methods.find(({ name }) => name === '__init__')?.parameters ?? [];
  const config = facts.classes.find(({ name }) => name === trlClass.config);
  const has = (...names: string[]) => init.some(({ name }) => names.includes(name));
  const field = (pattern: RegExp) => config?.fields.some(({ name }) => pattern.test(name)) ?? false;
  const teacher = has('teacher_model') || field(/^teacher_/);
  const rewarded = has('reward_funcs', 'reward_model', 'judge');
  const generates = rewarded || field(/^(max_completion_length|max_new_tokens|response_length)$/);
  const reference = has('ref_model') || field(/^(precompute_ref_|ref_model|sync_ref_model)/);
  const models: Trainer['models'] = [
    'policy',
    ...(reference ? (['reference'] as const) : []),
    ...(has('reward_model') ? (['reward'] as const) : []),
    ...(has('value_model') ? (['value'] as const) : []),
    ...(teacher ? (['teacher'] as const) : []),
  ];
  if (teacher)
    return {
      family: 'distillation',
      generates,
      models,
      format: generates ? 'prompt-only' : 'language-modeling',
    };
  if (rewarded) return { family: 'rl', generates, models, format: 'prompt-only' };
  if (reference || field(/^beta$/))
    return { family: 'preference', generates: false, models, format: 'preference' };
  return { family: 'supervised', generates, models, format: 'language-modeling' };
}

/** Since when the class is where it is, as far as the facts at hand know. */
function availability({ name, tier }: TrlClass, { facts, trainers }: ContentSource): string[] {
  const inOrder = facts.toReversed();
  const having = inOrder.filter(({ classes }) => classes.some((each) => each.name === name));
  const [first] = having;
  const last = having.at(-1);
  const gone = last && inOrder[inOrder.indexOf(last) + 1];
  const before = first && inOrder[inOrder.indexOf(first) - 1];
  return [
    yamlComment(
      toWrite(
        before
          ? `the releases that brought or moved it; the facts at hand have it in ${first?.trl}, not in ${before.trl}.`
          : 'the releases that moved it, if any did.',
      ),
    ),
    'availability:',
    `  - { tier: ${tier}, since: ${JSON.stringify(before ? (first?.trl ?? '') : `<=${first?.trl ?? ''}`)} }`,
    ...(gone
      ? [
          `  - { tier: removed, since: ${JSON.stringify(gone.trl)} }`,
          yamlComment(toWrite('the trainers to use instead; the one below only holds the place.')),
          yamlLine(
            'instead',
            trainers.slice(0, 1).map(({ slug }) => slug),
          ),
          yamlLine('instead_why', toWrite('what to use today, and why.')),
        ]
      : []),
  ];
}
