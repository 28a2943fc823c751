import { resolve } from 'node:path';
import { shown } from '../collections/content-folder.ts';
import type { ContentSource } from '../collections/content-source.ts';
import { pythonName, type Subject } from './subject.ts';
import type { TrainerSet } from './trainer-set.ts';
import type { NewFile } from './write-files.ts';

const step = (command: string, what: string) => `${command.padEnd(46)}  ${what}`;

/** How a command is told of a content folder that is not the project's own. */
function prefix(dir: string): string {
  return resolve(dir) === resolve('content') ? '' : `CONTENT_DIR=${shown(dir)} `;
}

/** What to do after a set was written. */
export function setSteps(
  subject: Subject,
  { ids }: Pick<TrainerSet, 'ids'>,
  source: ContentSource,
): string[] {
  const { trainer, facts } = subject;
  const name = pythonName(trainer);
  const before = prefix(source.dir);
  const python =
    source.facts[0]?.trl === facts.trl
      ? '.venv/bin/python'
      : `.venv/bin/python src/python/with_trl.py ${facts.trl}`;
  const script = shown(`${source.dir}/example-scripts/${name}_training.py`);
  return [
    step(`${before}npm run dev`, `shows the drafts: http://localhost:4321/trainers/${ids.annotated}/`),
    step(`${python} ${script} --tiny`, 'runs the script in the lab'),
    step(`open ${shown(`${source.dir}/distilled/${name}.py`)}`, 'and fill the regions, then the pages'),
    step(`${before}npm run check`, 'says what does not hold'),
    ...(before === ''
      ? [
          step(
            `.venv/bin/python -m pytest tests/python -k ${name}`,
            'compares the distilled code with the trainer',
          ),
          step(`npm run record -- ${trainer.slug}`, 'records the run; then npm run verify -- --write'),
        ]
      : [
          'The test that compares the distilled code with the trainer lies with the generator, in tests/python/.',
        ]),
    'Then give the registry record its `reference`, and take `draft: true` off the three pages: whatever is',
    'still marked TO WRITE is an error from then on.',
  ];
}

/** What to do after a registry record was written. */
export function registrySteps({ slug, path }: NewFile & { slug: string }, source: ContentSource): string[] {
  return [
    `open ${shown(path)}`,
    `  and mend what was guessed; content/chooser.yaml names the trainer once the record is no draft`,
    step(`${prefix(source.dir)}npm run new -- ${slug}`, 'writes its pages'),
  ];
}

/** What to do after a guide was written. */
export function guideSteps(slug: string, path: string): string[] {
  return [
    `open ${shown(path)}`,
    step('npm run dev', `shows the draft: http://localhost:4321/guides/${slug}/`),
    step('npm run check', 'says what does not hold'),
  ];
}

/** What to do after a learning path was written. */
export function pathSteps(slug: string, path: string): string[] {
  return [
    `open ${shown(path)}`,
    step('npm run dev', `shows the draft: http://localhost:4321/paths/${slug}/`),
    step('npm run check', 'says what does not hold'),
  ];
}
