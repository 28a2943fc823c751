import { stat } from 'node:fs/promises';
import { withExcerpts } from '../errors/excerpt.ts';
import { byPlace, problem } from '../errors/problem.ts';
import { annotatedTrainerSchema } from './annotated-trainer.ts';
import { chooserSchema } from './chooser.ts';
import { openFolder, shown } from './content-folder.ts';
import type { ContentSource } from './content-source.ts';
import { curvePlotSchema } from './curve-plot.ts';
import { defaultRunSchema } from './default-run.ts';
import { parseDistilled } from './distilled.ts';
import { factsSchema } from './facts.ts';
import { glossaryTermSchema } from './glossary-term.ts';
import { contentFolders, ignoredFiles } from './ignored-files.ts';
import { learningPathSchema } from './learning-path.ts';
import { migrationNoteSchema } from './migration-note.ts';
import { paperSchema } from './paper.ts';
import { splitAtPinned } from './pinned-release.ts';
import { readEntry, readJson, readList, readRecord } from './read-records.ts';
import { readScripts } from './read-scripts.ts';
import type { Reading } from './reading.ts';
import { recordedRunSchema } from './recorded-run.ts';
import { referenceGuideSchema } from './reference-guide.ts';
import { trainerSchema } from './trainer.ts';
import { trlHistorySchema } from './trl-history.ts';
import { type Verification, verificationSchema } from './verification.ts';

/**
 * Reads a content folder: everything an author wrote, parsed by the schemas.
 * What is not there reads as empty; a broken file is left out and named in `problems`.
 * No Astro: the check, the Python tools' callers and Astro's loaders all read content this way.
 *
 * @param dir the folder (`CONTENT_DIR`)
 * @param drafts texts that stand for those of files on the disk, by the name that problems use
 */
export async function readContent(dir: string, drafts?: ReadonlyMap<string, string>): Promise<ContentSource> {
  const folder = openFolder(dir, drafts);
  const reading: Reading = { problems: folder.problems, origins: new Map() };
  if (!(await isFolder(dir))) {
    const message = `expected a content folder at ${shown(dir)}, found none`;
    reading.problems.push(problem('content-missing', { file: shown(dir), line: 1, column: 1 }, message));
  }

  const [
    trainers,
    annotated,
    guides,
    scriptFiles,
    paths,
    distilled,
    facts,
    runs,
    curves,
    glossary,
    papers,
    verification,
    migration,
    history,
    chooser,
    defaultRuns,
    ignored,
  ] = await Promise.all([
    folder.files('trainers', contentFolders.trainers),
    folder.files('annotated-trainers', contentFolders['annotated-trainers']),
    folder.files('reference-guides', contentFolders['reference-guides']),
    folder.files('example-scripts', contentFolders['example-scripts']),
    folder.files('learning-paths', contentFolders['learning-paths']),
    folder.files('distilled', contentFolders.distilled),
    folder.files('trl', contentFolders.trl),
    folder.files('runs', contentFolders.runs),
    folder.files('curves', contentFolders.curves),
    folder.file('glossary.yaml'),
    folder.file('papers.yaml'),
    folder.file('verification.json'),
    folder.file('migration.yaml'),
    folder.file('trl-history.json'),
    folder.file('chooser.yaml'),
    folder.file('default-runs.yaml'),
    ignoredFiles(dir),
  ]);

  reading.problems.push(...ignored);
  const terms = glossary ? readList(glossary, glossaryTermSchema, reading) : { records: [], ids: [] };
  const library = papers ? readList(papers, paperSchema, reading) : { records: [], ids: [] };
  const { scripts, supportModules } = readScripts(scriptFiles, reading);
  const parsedDistilled = distilled.map((file) => parseDistilled(file.text, file.file));
  reading.problems.push(...parsedDistilled.flatMap((file) => file.problems));
  const empty: Verification = { schema: 1, checks: [] };

  const registry = present(trainers.map((file) => readRecord(file, trainerSchema, reading)));

  const source: Omit<ContentSource, 'problems'> = {
    dir,
    // Equals stay in the order of their files.
    trainers: registry.sort((a, b) => a.priority - b.priority),
    annotated: present(annotated.map((file) => readEntry(file, 'trainers', annotatedTrainerSchema, reading))),
    guides: present(guides.map((file) => readEntry(file, 'guides', referenceGuideSchema, reading))),
    scripts,
    supportModules,
    paths: present(paths.map((file) => readRecord(file, learningPathSchema, reading))).sort(
      (a, b) => a.order - b.order,
    ),
    glossary: terms.records,
    papers: library.records,
    ...splitAtPinned(present(facts.map((file) => readJson(file, factsSchema, reading))), registry),
    history: history && readJson(history, trlHistorySchema, reading),
    migration: migration ? readList(migration, migrationNoteSchema, reading).records : [],
    defaultRuns: defaultRuns ? readList(defaultRuns, defaultRunSchema, reading).records : [],
    chooser: chooser && readRecord(chooser, chooserSchema, reading),
    runs: present(runs.map((file) => readJson(file, recordedRunSchema, reading))),
    curves: present(curves.map((file) => readJson(file, curvePlotSchema, reading))),
    verification: (verification && readJson(verification, verificationSchema, reading)) ?? empty,
    distilled: parsedDistilled,
    origins: reading.origins,
    claimed: {
      trainers: new Set(folder.stems('trainers')),
      entries: new Set([
        ...folder.stems('annotated-trainers').map((stem) => `trainers/${stem}`),
        ...folder.stems('reference-guides').map((stem) => `guides/${stem}`),
        ...folder.stems('example-scripts').map((stem) => `examples/${stem.replaceAll('_', '-')}`),
      ]),
      paths: new Set(folder.stems('learning-paths')),
      papers: new Set(library.ids),
      terms: new Set(terms.ids),
    },
    texts: folder.texts,
  };
  return { ...source, problems: withExcerpts(reading.problems, folder.texts).sort(byPlace) };
}

function present<T>(values: readonly (T | undefined)[]): T[] {
  return values.filter((value) => value !== undefined);
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}
