import type { Facts } from '../collections/facts.ts';
import type { Trainer } from '../collections/trainer.ts';
import { byPlace, type Problem } from '../errors/problem.ts';
import { type EntryFile, pagePath, pageText, provenance } from './entry-file.ts';
import { convertFormulas } from './formulas/convert.ts';
import type { ImportFile } from './import-file.ts';
import { assignRefs } from './naming/assign-refs.ts';
import { classify } from './naming/classify.ts';
import { preparePage, UnreadablePage } from './page/page.ts';
import { type LinkTarget, linkTargets } from './page/targets.ts';
import { firstDanger, firstMissing, visibleOnGithub, visibleOnSite, wordsOf } from './page/words.ts';
import { importScript } from './script/script.ts';
import type { SourceFile } from './source/read-folder.ts';
import { leaveOut } from './source/walk.ts';

/** What an import makes of the files. */
export interface ImportedFiles {
  /** Those that became pages, with their texts as they were read. */
  files: ImportFile[];
  entries: EntryFile[];
  problems: Problem[];
  links: { written: number; mentions: number };
  formulas: { converted: number; kept: number };
}

interface Options {
  /** Whether formulas in plain fences become TeX. */
  math: boolean;
  /** Called after each file with how many are done. */
  progress(done: number, of: number): void;
}

interface Draft {
  ref: string;
  title: string;
  target: LinkTarget;
  finish(targets: ReturnType<typeof linkTargets>): {
    text: string;
    problems: Problem[];
    links: ImportedFiles['links'];
  };
}

/** Turns the files into entries. Pure: the same files give the same entries. */
export function importFiles(
  sources: readonly SourceFile[],
  { trainers }: { trainers: readonly Trainer[]; facts?: readonly Facts[] },
  { math, progress }: Options,
): ImportedFiles {
  const classified = sources.map((source) => ({
    ...source,
    ...classify(source.path, source.text, trainers),
  }));
  const { refs, problems } = assignRefs(classified);
  const result: ImportedFiles = {
    files: [],
    entries: [],
    problems,
    links: { written: 0, mentions: 0 },
    formulas: { converted: 0, kept: 0 },
  };
  const drafts: Draft[] = [];
  classified.forEach(({ path, shown, text, role, trainers: slugs }, index) => {
    const ref = refs.get(path) ?? '';
    const file = { path, shown, text, role, trainers: slugs, ref };
    try {
      drafts.push(
        draft(
          file,
          trainers.find(({ slug }) => slug === slugs[0]),
          math,
          result,
        ),
      );
      result.files.push(file);
    } catch (error) {
      problems.push(leaveOut(shown, reasonOf(error)));
    }
    progress(index + 1, 2 * classified.length);
  });
  const targets = linkTargets(drafts.map(({ target }) => target));
  drafts.forEach(({ ref, finish }, index) => {
    const { text, problems: found, links } = finish(targets);
    result.entries.push({ path: pagePath(ref), text });
    problems.push(...found);
    result.links.written += links.written;
    result.links.mentions += links.mentions;
    progress(classified.length + index + 1, 2 * classified.length);
  });
  problems.sort(byPlace);
  return result;
}

function draft(
  file: ImportFile & { ref: string },
  trainer: Trainer | undefined,
  math: boolean,
  { formulas }: ImportedFiles,
): Draft {
  const { ref, path } = file;
  if (file.role === 'script') {
    const { title, text, problems } = importScript(file, trainer, provenance(path));
    const target = { path, ref, anchors: new Map<string, string>() };
    return { ref, title, target, finish: () => ({ text, problems, links: { written: 0, mentions: 0 } }) };
  }
  const converted = math
    ? convertFormulas(file.text, file.shown)
    : { text: file.text, problems: [], lines: 0, kept: 0 };
  formulas.converted += converted.lines;
  formulas.kept += converted.kept;
  const page = preparePage({ ...file, text: converted.text }, trainer);
  return {
    ref,
    title: page.metadata.title,
    target: page.target,
    finish(targets) {
      const { body, problems, links } = page.finish(targets);
      refuseLoss(converted.text, `${page.metadata.title}\n\n`, body, file);
      const text = pageText(page.metadata, { trainers: file.trainers, unchecked: provenance(path), body });
      return { text, problems: [...converted.problems, ...problems], links };
    },
  };
}

/**
 * The proof at the end: every word and every piece of code of the source is on the page, in order, and nothing on
 * it can run. What fails it is a mistake of the import, and stops it.
 */
function refuseLoss(source: string, title: string, body: string, { path }: ImportFile): void {
  const danger = firstDanger(body);
  if (danger !== undefined)
    throw new Error(`${path}: the import would have put \`${danger.slice(0, 80)}\` on a page`);
  const wanted = visibleOnGithub(source);
  const found = visibleOnSite(body);
  const word = firstMissing(wanted.words, [...wordsOf(title), ...found.words]);
  const code = firstMissing(wanted.code, found.code);
  const lost = word ?? code;
  if (lost !== undefined) throw new Error(`${path}: the import would have lost \`${lost.slice(0, 80)}\``);
}

function reasonOf(error: unknown): string {
  if (error instanceof UnreadablePage) return error.message;
  if (error instanceof RangeError) return 'it nests too deep to be read';
  throw error;
}
