import type { EntryData } from '../collections/entry.ts';
import type { Facts } from '../collections/facts.ts';
import { readingTime } from '../markdown/reading-time.ts';
import { type CoverageInput, type CoveredPage, coverageReport } from './report.ts';
import type { Coverage, DriftFinding, PageKind } from './report-schema.ts';
import type { Evidence } from './verified.ts';

interface Entry {
  ref: string;
  file: string;
  data: EntryData;
  body: string;
  /** Line of the file on which `body` starts. */
  bodyLine: number;
}

interface Script extends Entry {
  cells: readonly { kind: 'markdown' | 'code'; text: string }[];
}

/** The part of `ContentSource` that the report reads. */
export interface CoverageSource extends Omit<Evidence, 'digests'> {
  annotated: readonly Entry[];
  guides: readonly Entry[];
  scripts: readonly Script[];
  paths: CoverageInput['paths'];
  newerFacts: readonly Pick<Facts, 'trl' | 'released'>[];
  distilled: readonly { regions: readonly { name: string; code: string }[] }[];
}

/** The coverage report of a content folder. `digests` come from `readDigests`, `drift` from `checkDrift`. */
export function coverageOf(
  source: CoverageSource,
  digests: ReadonlyMap<string, string>,
  drift: readonly DriftFinding[] = [],
): Coverage {
  return coverageReport(coverageInput(source, digests, drift));
}

/** Measures every page: lines of its file, words of its prose, minutes to read it with the code it shows. */
export function coverageInput(
  source: CoverageSource,
  digests: ReadonlyMap<string, string>,
  drift: readonly DriftFinding[] = [],
): CoverageInput {
  const { trainers, facts, verification, runs } = source;
  const [newer] = source.newerFacts;
  return {
    trainers,
    facts,
    verification,
    runs,
    digests,
    paths: source.paths,
    upgrade: newer && { trl: newer.trl, released: newer.released, findings: drift },
    pages: [
      ...source.annotated.map((entry) => covered('annotated', entry, entry.body, regionLines(entry, source))),
      ...source.guides.map((entry) => covered('guide', entry, entry.body)),
      ...source.scripts.map((script) => covered('script', script, asMarkdown(script))),
    ],
  };
}

function covered(kind: PageKind, entry: Entry, markdown: string, shownCodeLines = 0): CoveredPage {
  const { ref, file, data, body, bodyLine } = entry;
  const { words, minutes } = readingTime(markdown, shownCodeLines);
  const lines = bodyLine - 1 + body.replace(/\n$/, '').split('\n').length;
  return { ref, kind, file, data, body: markdown, lines, words, minutes };
}

/** Lines of distilled code that the page shows with `<Region name="…">`. */
function regionLines({ body }: Entry, { distilled }: CoverageSource): number {
  const shown = new Set([...body.matchAll(/<Region\b[^>]*\bname="([^"]+)"/g)].map(([, name]) => name));
  return distilled
    .flatMap(({ regions }) => regions)
    .filter(({ name }) => shown.has(name))
    .reduce((total, { code }) => total + code.split('\n').filter((line) => line.trim() !== '').length, 0);
}

function asMarkdown({ cells }: Script): string {
  return cells
    .map(({ kind, text }) => (kind === 'code' ? `\`\`\`py\n${text}\n\`\`\`\n` : `${text}\n`))
    .join('\n');
}
