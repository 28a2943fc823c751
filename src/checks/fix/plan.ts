import { applyEdits, type Edit } from '../../errors/fix.ts';
import type { Problem } from '../../errors/problem.ts';
import { checkMemory } from '../content/memory.ts';
import { chooseFixes, type Fixable, identity } from './choose.ts';
import { damage } from './damage.ts';
import { type Draft, draftOf } from './draft.ts';
import { type Original, readOriginal } from './original.ts';

/** Rounds of mending: one fix may uncover the next problem of a file. */
const maxRounds = 20;

/** What mending would change, and what it would leave. Nothing is written yet. */
export interface Plan {
  /** The fixes, in the order in which they were made. */
  fixed: Fixable[];
  /** Fixes that were not made, and why. */
  refused: { problem: Fixable; why: string }[];
  /** The changed files. */
  files: { file: string; original: Original; text: string }[];
  /** What is wrong with the content as it is, and as it would be. */
  before: readonly Problem[];
  after: readonly Problem[];
}

/** Works out every certain fix of a content folder, in memory, until nothing is left to mend. */
export async function planFixes(contentDir: string, base = '/'): Promise<Plan> {
  const originals = new Map<string, Original | string>();
  const refused = new Map<string, { problem: Fixable; why: string }>();
  const fixed: Fixable[] = [];
  const memory = checkMemory();
  const start = await draftOf(contentDir, new Map(), base, memory);
  let draft = start;
  for (let round = 0; round < maxRounds; round += 1) {
    const chosen = chooseFixes(draft.problems, new Set(refused.keys()));
    if (chosen.length === 0) break;
    for (const { file } of chosen) {
      if (!originals.has(file)) originals.set(file, await readOriginal(file, contentDir));
    }
    const possible = chosen.filter((each) => {
      const original = originals.get(each.file);
      if (typeof original === 'string') refused.set(identity(each), { problem: each, why: original });
      return typeof original === 'object';
    });
    const made = await makeTogether(possible, draft);
    draft = made.draft;
    fixed.push(...made.fixed);
    for (const each of made.refused) refused.set(identity(each.problem), each);
  }
  const files = [...draft.texts].flatMap(([file, text]) => {
    const original = originals.get(file);
    return typeof original === 'object' && original.text !== text ? [{ file, original, text }] : [];
  });
  return { fixed, refused: [...refused.values()], files, before: start.problems, after: draft.problems };

  /** Makes fixes at once; when that brings new errors, one by one, so that only the guilty ones are taken back. */
  async function makeTogether(fixes: readonly Fixable[], from: Draft): Promise<Made> {
    if (fixes.length === 0) return { fixed: [], refused: [], draft: from };
    const texts = edited(fixes, from.texts);
    if (typeof texts !== 'string') {
      const next = await draftOf(contentDir, texts, base, memory);
      const harm = damage(fixes, from.problems, next.problems);
      if (harm === undefined) return { fixed: [...fixes], refused: [], draft: next };
      if (fixes.length === 1) return refusal(fixes, `it would make a new error: ${harm}`, from);
    } else if (fixes.length === 1) {
      return refusal(fixes, texts, from);
    }
    const half = Math.ceil(fixes.length / 2);
    const first = await makeTogether(fixes.slice(0, half), from);
    // The rest was placed in the text before; it is chosen again in the next round when the first half was made.
    if (first.fixed.length > 0) return first;
    const second = await makeTogether(fixes.slice(half), from);
    return { ...second, refused: [...first.refused, ...second.refused] };
  }

  function edited(fixes: readonly Fixable[], texts: ReadonlyMap<string, string>) {
    const next = new Map(texts);
    for (const file of new Set(fixes.map((each) => each.file))) {
      const original = originals.get(file);
      const edits = new Map<string, Edit>();
      for (const each of fixes) {
        if (each.file === file) for (const edit of each.fix.edits) edits.set(JSON.stringify(edit), edit);
      }
      const text = texts.get(file) ?? (typeof original === 'object' ? original.text : '');
      const changed = applyEdits(text, [...edits.values()]);
      if (changed === undefined) return 'the file does not hold the text that it would replace';
      next.set(file, changed);
    }
    return next;
  }
}

interface Made {
  fixed: Fixable[];
  refused: { problem: Fixable; why: string }[];
  draft: Draft;
}

function refusal(fixes: readonly Fixable[], why: string, draft: Draft): Made {
  return { fixed: [], refused: fixes.map((problem) => ({ problem, why })), draft };
}
