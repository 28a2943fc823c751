import type { Trainer } from '../../collections/trainer.ts';
import type { ImportRole } from '../import-file.ts';
import { bareName } from './file-name.ts';

/** What a file is for, and which trainers of the registry it is about. */
export interface Classified {
  role: ImportRole;
  trainers: string[];
  /** The class that an annotated trainer's name says and the registry lacks. */
  unknownTrainer?: string;
}

/** Reads role and trainers off a file's path; a script that its name doesn't place is placed by what it uses. */
export function classify(path: string, text: string, trainers: readonly Trainer[]): Classified {
  const role = roleOf(path);
  const name = bareName(path);
  if (role === 'annotated') return classifyAnnotated(name, trainers);
  if (role === 'status' || role === 'document') return { role, trainers: [] };
  const named = trainersIn(name, trainers);
  if (named.length > 0 || role === 'guide') return { role, trainers: named };
  const used = trainers.filter(({ class: name }) => new RegExp(`\\b${name}\\b`).test(text));
  return { role, trainers: used.length <= 3 ? used.map(({ slug }) => slug) : [] };
}

function roleOf(path: string): ImportRole {
  const folders = path.split('/').slice(0, -1);
  if (/\.py$/i.test(path)) return 'script';
  if (folders.includes('annotated_trainers') || /Trainer_ANNOTATED\.\w+$/i.test(path)) return 'annotated';
  if (folders.includes('reference_guides')) return 'guide';
  if (folders.length === 0) return /^STATUS\b/i.test(path) ? 'status' : 'document';
  return /_(?:Reference|Guide)\.\w+$/i.test(path) ? 'guide' : 'document';
}

function classifyAnnotated(name: string, trainers: readonly Trainer[]): Classified {
  const exact = trainers.find((trainer) => trainer.class.toLowerCase() === name.toLowerCase());
  if (exact) return { role: 'annotated', trainers: [exact.slug] };
  const [named] = /Trainer$/.test(name) ? [] : trainersIn(name, trainers);
  if (named !== undefined) return { role: 'annotated', trainers: [named] };
  return { role: 'annotated', trainers: [], unknownTrainer: name };
}

/** The trainers that a name speaks of, in its order: `RLHF_DPO_Guide` is about DPO, `Online_DPO` about Online DPO. */
export function trainersIn(name: string, trainers: readonly Trainer[]): string[] {
  const words = name
    .replace(/Trainer(?![a-z])/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .map((word) => word.toLowerCase());
  const found: string[] = [];
  for (let start = 0; start < words.length; start += 1) {
    const [best] = trainers
      .map((trainer) => ({ slug: trainer.slug, length: wordsAt(words, start, trainer) }))
      .filter(({ length }) => length > 0)
      .sort((a, b) => b.length - a.length);
    if (!best) continue;
    found.push(best.slug);
    start += best.length - 1;
  }
  return [...new Set(found)];
}

/** How many words from `start` on are the trainer's slug, or its class without `Trainer`. */
function wordsAt(words: readonly string[], start: number, { slug, class: name }: Trainer): number {
  const spellings = [slug.split('-'), [name.replace(/Trainer$/, '').toLowerCase()]];
  const fitting = spellings.filter((each) => each.every((word, index) => words[start + index] === word));
  return Math.max(0, ...fitting.map((each) => each.length));
}
