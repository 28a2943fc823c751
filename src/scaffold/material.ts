import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { classSource, metricNames } from './logged-metrics.ts';
import type { Pins } from './script-file.ts';
import type { Subject } from './subject.ts';
import type { SetMaterial } from './trainer-set.ts';

/** Reads what a set is made with beside the content: pins, the lab, the tests, TRL's source where it is at hand. */
export async function readMaterial(subject: Subject, contentDir: string): Promise<SetMaterial> {
  const { facts, trainerClass } = subject;
  const isOwn = resolve(contentDir) === resolve('content');
  const [requirements, lab, source, tests] = await Promise.all([
    textOf('src/python/requirements.txt'),
    textOf('content/example-scripts/lab.py'),
    sourceFolders(facts.trl).then((folders) => classSource(trainerClass, folders)),
    isOwn ? pythonTests() : undefined,
  ]);
  return { pins: pinsOf(requirements ?? ''), lab, metrics: metricNames(source ?? ''), tests };
}

/** `name==release` by name. */
function pinsOf(requirements: string): Pins {
  return new Map(
    [...requirements.matchAll(/^([\w.-]+)==([\w.]+)/gm)].map(([, name, release]) => [
      name ?? '',
      release ?? '',
    ]),
  );
}

/** Folders that may hold the source of a release: the environment's packages, and the cache of older ones. */
async function sourceFolders(release: string): Promise<string[]> {
  const libraries = await namesIn('.venv/lib');
  const installed: string[] = [];
  for (const library of libraries) {
    const packages = join('.venv/lib', library, 'site-packages');
    const names = await namesIn(packages);
    if (names.includes(`trl-${release}.dist-info`)) installed.push(packages);
  }
  return [...installed, join('.cache/trl', release)];
}

async function pythonTests(): Promise<SetMaterial['tests']> {
  const folder = 'tests/python';
  const below = (await namesIn(folder)).filter((name) => /^trl_[\d_]+$/.test(name));
  const folders = [folder, ...below.map((name) => join(folder, name))];
  const files = await Promise.all(
    folders.map(async (each) => (await namesIn(each)).map((name) => join(each, name))),
  );
  return { folder, files: files.flat() };
}

/** Files and folders below a folder of code; none when it is not there. */
async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch {
    return [];
  }
}

async function textOf(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined);
}
