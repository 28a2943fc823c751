import { basename, join } from 'node:path';
import { shown } from '../collections/content-folder.ts';
import type { ContentSource } from '../collections/content-source.ts';
import { isSurvey } from '../collections/entry.ts';
import { changesOf } from '../trl/release-changes.ts';
import { annotatedPage } from './annotated-page.ts';
import { distilledFile } from './distilled-file.ts';
import type { SetIds } from './entry-text.ts';
import { equalityTest } from './equality-test.ts';
import { guidePage } from './guide-page.ts';
import { plannedRegions, regionsOf } from './regions.ts';
import { type Pins, scriptFile } from './script-file.ts';
import { pythonName, type Subject } from './subject.ts';
import type { NewFile } from './write-files.ts';

/** What a set is made with beside the content. */
export interface SetMaterial {
  /** Names of metrics that the class's source sets; empty when the source is not at hand. */
  metrics: readonly string[];
  pins: Pins;
  /** The text of the lab, for content that has none; undefined when there is none to give. */
  lab: string | undefined;
  /** Where the Python tests lie when this content is the project's own; undefined for another folder. */
  tests: { folder: string; files: readonly string[] } | undefined;
}

/** The files of a set: those to write, and those that are there. */
export interface TrainerSet {
  ids: SetIds;
  missing: NewFile[];
  existing: string[];
}

/** Plans the set of a trainer. Files that exist are left as they are; the new ones fit to them. */
export function trainerSet(subject: Subject, source: ContentSource, material: SetMaterial): TrainerSet {
  const { trainer, facts } = subject;
  const { dir } = source;
  const own = <T extends { data: { trainers: readonly string[] } }>(entries: readonly T[]) =>
    entries.find(({ data }) => data.trainers[0] === trainer.slug && !isSurvey(data));
  const page = source.annotated.find(({ id }) => id === trainer.slug);
  const guide = own(source.guides);
  const script = own(source.scripts);
  const name = pythonName(trainer);
  const ids: SetIds = {
    annotated: trainer.slug,
    guide: guide?.id ?? `${trainer.slug}-${trainer.family === 'rl' ? 'objective' : 'loss'}`,
    script: script?.id ?? `${trainer.slug}-training`,
  };
  const distilledName = page?.data.distilled ?? name;
  const distilled = source.distilled.find((file) => file.name === distilledName);
  const regions = distilled ? regionsOf(distilled) : plannedRegions(subject);
  const papers = trainer.papers.filter((id) => source.papers.some((paper) => paper.id === id));

  const testName = `test_distilled_${name}.py`;
  const test = material.tests?.files.find((file) => basename(file) === testName);
  const testFolder = source.facts[0]?.trl === facts.trl ? '' : `trl_${facts.trl.replaceAll('.', '_')}`;
  const lab = source.supportModules.find(({ file }) => basename(file) === 'lab.py');

  const plan: { there: string | undefined; path: string; make: () => string | undefined }[] = [
    {
      there: page?.file ?? claimed(source, `trainers/${ids.annotated}`, dir, 'annotated-trainers'),
      path: join(dir, 'annotated-trainers', `${ids.annotated}.mdx`),
      make: () =>
        annotatedPage(subject, {
          ids,
          regions,
          papers,
          metrics: [...new Set([...material.metrics, ...recorded(source, trainer.slug)])],
          changes: changesOf(trainer, source.facts, source.history),
        }),
    },
    {
      there: guide?.file ?? claimed(source, `guides/${ids.guide}`, dir, 'reference-guides'),
      path: join(dir, 'reference-guides', `${ids.guide}.mdx`),
      make: () => guidePage(subject, { ids, papers }),
    },
    {
      there: script?.file ?? claimed(source, `examples/${ids.script}`, dir, 'example-scripts'),
      path: join(dir, 'example-scripts', `${name}_training.py`),
      make: () => scriptFile(subject, { ids, papers, pins: material.pins }),
    },
    {
      there: distilled?.file,
      path: join(dir, 'distilled', `${distilledName}.py`),
      make: () => distilledFile(subject, regions),
    },
  ];
  const beside: typeof plan = [
    { there: lab?.file, path: join(dir, 'example-scripts', 'lab.py'), make: () => material.lab },
    ...(material.tests
      ? [
          {
            there: test,
            path: join(material.tests.folder, testFolder, testName),
            make: () => equalityTest(subject),
          },
        ]
      : []),
  ];
  const isWhole = plan.every(({ there }) => there !== undefined);
  return {
    ids,
    existing: plan.flatMap(({ there }) => there ?? []),
    missing: isWhole
      ? []
      : [...plan, ...beside].flatMap(({ there, path, make }) => {
          const text = there === undefined ? make() : undefined;
          return text === undefined ? [] : [{ path, text }];
        }),
  };
}

/** The series that runs of a trainer logged; a `_share` is what a script counted by itself. */
function recorded({ runs }: ContentSource, slug: string): string[] {
  return runs
    .filter(({ trainers }) => trainers.includes(slug))
    .flatMap(({ series }) => Object.keys(series))
    .filter((name) => !name.endsWith('_share'));
}

/** The file that claims an id although it could not be read. */
function claimed(source: ContentSource, ref: string, dir: string, folder: string): string | undefined {
  return source.claimed.entries.has(ref)
    ? shown(join(dir, folder, ref.slice(ref.indexOf('/') + 1)))
    : undefined;
}
