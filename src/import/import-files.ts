import type { ContentSource } from '../collections/content-source.ts';
import type { Trainer } from '../collections/trainer.ts';
import { byPlace, type Problem, problem } from '../errors/problem.ts';
import { createMarkdownContext, type MarkdownContext, type PageContext } from '../markdown/context.ts';
import { type EntryFile, pagePath, pageText, provenance } from './entry-file.ts';
import { convertFormulas } from './formulas/convert.ts';
import type { ImportFile } from './import-file.ts';
import { assignRefs } from './naming/assign-refs.ts';
import { classify } from './naming/classify.ts';
import { type PreparedPage, preparePage, UnreadablePage } from './page/page.ts';
import { flawOf } from './page/proof.ts';
import { type LinkTarget, linkTargets } from './page/targets.ts';
import { verbatimPage } from './page/verbatim.ts';
import { importScript } from './script/script.ts';
import type { SourceFile } from './source/read-folder.ts';

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
  content: ContentSource,
  { math, progress }: Options,
): ImportedFiles {
  const { trainers } = content;
  const classified = sources.map((source) => ({
    ...source,
    ...classify(source.path, source.text, trainers),
  }));
  const { refs, problems } = assignRefs(classified);
  const context: MarkdownContext = {
    ...createMarkdownContext(content, { base: '/' }),
    claimed: { ...content.claimed, entries: new Set(refs.values()), paths: new Set() },
    page: () => unverified,
  };
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
    const trainer = trainers.find(({ slug }) => slug === slugs[0]);
    drafts.push(draft(file, trainer, math, { ...result, context }));
    result.files.push(file);
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
  { formulas, context }: Pick<ImportedFiles, 'formulas'> & { context: MarkdownContext },
): Draft {
  const { ref, path } = file;
  if (file.role === 'script') {
    const { text, problems } = importScript(file, trainer, provenance(path));
    return {
      ref,
      target: { path, ref, anchors: new Map() },
      finish: () => ({ text, problems, links: noLinks }),
    };
  }
  const converted = math
    ? convertFormulas(file.text, file.shown)
    : { text: file.text, problems: [], lines: 0, kept: 0 };
  const page = prepared({ ...file, text: converted.text }, trainer);
  if (typeof page === 'string') return verbatim(file, page);
  formulas.converted += converted.lines;
  formulas.kept += converted.kept;
  return {
    ref,
    target: page.target,
    finish(targets) {
      const { body, problems, links } = page.finish(targets);
      const flaw = flawOf(converted.text, page, body, context);
      if (flaw !== undefined) return verbatim(file, flaw).finish(targets);
      const text = pageText(page.metadata, { trainers: file.trainers, unchecked: provenance(path), body });
      return { text, problems: [...converted.problems, ...problems], links };
    },
  };
}

/** What the steps of the site know of an imported page: nothing that could make a name an error. */
const unverified: PageContext = {
  ref: 'guides/imported',
  trainer: undefined,
  distilled: undefined,
  distilledMissing: false,
  verified: false,
  draft: false,
  executed: true,
};

const noLinks = { written: 0, mentions: 0 };

/** The page as it was read, or why it cannot be read. */
function prepared(file: ImportFile & { ref: string }, trainer: Trainer | undefined): PreparedPage | string {
  try {
    return preparePage(file, trainer);
  } catch (error) {
    if (error instanceof UnreadablePage) return error.message;
    if (error instanceof RangeError) return 'it nests too deep to be read';
    throw error;
  }
}

function verbatim({ ref, path, shown, text, trainers }: ImportFile & { ref: string }, why: string): Draft {
  const { metadata, body } = verbatimPage(text, path);
  const message = `the page shows the text as it is written: ${why}`;
  const place = { file: shown, line: 1, column: 1 };
  const problems = [problem('import-verbatim', place, message, { severity: 'warning' })];
  return {
    ref,
    target: { path, ref, anchors: new Map() },
    finish: () => ({
      text: pageText(metadata, { trainers, unchecked: provenance(path), body }),
      problems,
      links: noLinks,
    }),
  };
}
