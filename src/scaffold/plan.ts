import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { shown } from '../collections/content-folder.ts';
import type { ContentSource } from '../collections/content-source.ts';
import { slugOf } from '../collections/slug-of.ts';
import { type Problem, ProblemsError, problem } from '../errors/problem.ts';
import { didYouMean } from '../errors/suggest.ts';
import { findTrainer, trainerClasses } from './find-trainer.ts';
import { freeGuide } from './guide-page.ts';
import { readMaterial } from './material.ts';
import { guideSteps, pathSteps, registrySteps, setSteps } from './next-steps.ts';
import { pathFile } from './path-file.ts';
import { registryRecord } from './registry-record.ts';
import type { Wish } from './request.ts';
import { subjectOf } from './subject.ts';
import { trainerSet } from './trainer-set.ts';
import type { NewFile } from './write-files.ts';

/** What a command is about to do. */
export interface Plan {
  files: NewFile[];
  /** Files of the set that are there already, as problems show them. */
  existing: string[];
  /** What to do afterwards, a line each. */
  next: string[];
}

/**
 * Plans the files of a wish.
 *
 * @throws ProblemsError when there is nothing to make, or it is there already
 */
export async function plan(wish: Wish, source: ContentSource): Promise<Plan> {
  if (wish.kind === 'trainer') return planSet(wish.text, source);
  if (wish.kind === 'registry') return planRecord(wish.text, source);
  return planPage(wish.kind, wish.text, wish.name, source);
}

async function planSet(text: string, source: ContentSource): Promise<Plan> {
  const found = findTrainer(text, source.trainers, source.facts);
  if (found.kind !== 'record') refuse(unknownTrainer(text, found, source));
  const { trainer } = found;
  const subject = subjectOf(trainer, source.facts);
  if (!subject) {
    const releases = source.facts.map(({ trl }) => trl).join(', ') || 'none';
    const message = `expected facts of TRL ${trainer.facts} with \`${trainer.class}\` and \`${trainer.config}\`, found facts of: ${releases}`;
    refuse(
      problem(
        'facts-missing',
        { file: shown(join(source.dir, 'trainers', `${trainer.slug}.yaml`)), line: 1, column: 1 },
        message,
      ),
    );
  }
  const set = trainerSet(subject, source, await readMaterial(subject, source.dir));
  if (set.missing.length === 0) {
    refuse(
      ...set.existing.map((file) =>
        problem(
          'file-exists',
          { file, line: 1, column: 1 },
          `the set of ${trainer.name} has this file already`,
          {
            suggestion: 'nothing is missing of the set; edit what is there',
          },
        ),
      ),
    );
  }
  return { files: set.missing, existing: set.existing, next: setSteps(subject, set, source) };
}

function unknownTrainer(
  text: string,
  found: Exclude<ReturnType<typeof findTrainer>, { kind: 'record' }>,
  source: ContentSource,
): Problem {
  const place = { file: shown(join(source.dir, 'trainers')), line: 1, column: 1 };
  if (found.kind === 'class') {
    const { name } = found.trlClass;
    const message = `TRL ${found.facts.trl} has \`${name}\`, and the registry has no record of it`;
    return problem('trainer-unknown', place, message, {
      suggestion: `write its record first: \`npm run new -- --registry ${name}\``,
    });
  }
  const suggestion = found.meant
    ? `did you mean \`${found.meant}\`?`
    : source.trainers.length > 0
      ? `trainers: ${source.trainers.map(({ slug }) => slug).join(', ')}`
      : 'this content has no registry: it needs trainers/ with a record, and trl/ with facts';
  return problem('trainer-unknown', place, `neither the registry nor TRL has a trainer \`${text}\``, {
    suggestion,
  });
}

function planRecord(text: string, source: ContentSource): Plan {
  const found = findTrainer(text, source.trainers, source.facts);
  const place = { file: shown(join(source.dir, 'trainers')), line: 1, column: 1 };
  if (found.kind === 'record') {
    const file = shown(join(source.dir, 'trainers', `${found.trainer.slug}.yaml`));
    refuse(
      problem(
        'file-exists',
        { ...place, file },
        `the registry has a record of ${found.trainer.name} already`,
        {
          suggestion: `write its pages: \`npm run new -- ${found.trainer.slug}\``,
        },
      ),
    );
  }
  if (found.kind === 'unknown') {
    const names = source.facts.flatMap((facts) => trainerClasses(facts).map(({ name }) => name));
    const suggestion = didYouMean(text, names);
    refuse(
      problem('symbol-unknown', place, `no release whose facts are here has a trainer \`${text}\``, {
        suggestion,
      }),
    );
  }
  const record = registryRecord(found.trlClass, found.facts, source);
  refuseExisting(record.path);
  return { files: [record], existing: [], next: registrySteps(record, source) };
}

function planPage(
  kind: 'guide' | 'path',
  title: string,
  name: string | undefined,
  source: ContentSource,
): Plan {
  const folder = kind === 'guide' ? 'reference-guides' : 'learning-paths';
  const place = { file: shown(join(source.dir, folder)), line: 1, column: 1 };
  if (title.length < 3 || title.length > 90) {
    refuse(
      problem(
        'scaffold-title',
        place,
        `expected a title of 3 to 90 characters, found ${title.length}: ${JSON.stringify(title)}`,
      ),
    );
  }
  const slug = name ?? slugOf(title);
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug)) {
    const message =
      name === undefined
        ? `expected a title that a file name can be made from, found ${JSON.stringify(title)}`
        : `expected a file name of lower-case words joined by hyphens, found ${JSON.stringify(name)}`;
    const better =
      name === undefined
        ? 'add `--name lower-case-words`'
        : `write \`--name ${slugOf(name) || 'lower-case-words'}\``;
    refuse(problem('scaffold-title', place, message, { suggestion: better }));
  }
  const claimed =
    kind === 'guide' ? source.claimed.entries.has(`guides/${slug}`) : source.claimed.paths.has(slug);
  const path = join(source.dir, folder, `${slug}.${kind === 'guide' ? 'mdx' : 'yaml'}`);
  if (claimed) refuse(existsAs(path));
  refuseExisting(path);
  const text = kind === 'guide' ? freeGuide(title) : pathFile(title, slug, source.paths);
  return {
    files: [{ path, text }],
    existing: [],
    next: kind === 'guide' ? guideSteps(slug, path) : pathSteps(slug, path),
  };
}

function refuseExisting(path: string): void {
  if (existsSync(path)) refuse(existsAs(path));
}

function existsAs(path: string): Problem {
  const message = 'a file of this name is there already';
  return problem('file-exists', { file: shown(path), line: 1, column: 1 }, message, {
    suggestion: 'edit it, or choose another name with `--name`',
  });
}

function refuse(...problems: Problem[]): never {
  throw new ProblemsError(problems);
}
