import { z } from 'zod';

/** The categories of Lighthouse that a page is held to. */
export const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
export type Category = (typeof categories)[number];

const category = z.object({
  score: z.number(),
  auditRefs: z.array(z.object({ id: z.string(), weight: z.number() })),
});

/** The part that is read here of what `lighthouse --output json` writes. */
const reportSchema = z.object({
  runtimeError: z.object({ code: z.string(), message: z.string() }).optional(),
  categories: z.object({
    performance: category,
    accessibility: category,
    'best-practices': category,
    seo: category,
  }),
  audits: z.record(
    z.string(),
    z.object({
      title: z.string(),
      score: z.number().nullable(),
      displayValue: z.string().optional(),
      numericValue: z.number().optional(),
    }),
  ),
});

/** What one run of Lighthouse found on a page. */
export interface PageScores {
  /** 0 to 100. */
  scores: Record<Category, number>;
  /** Milliseconds until the largest part of the first screen is drawn. */
  lcp: number;
  /** Milliseconds that long tasks keep the page from answering. */
  tbt: number;
  /** How far things move while the page loads; no unit. */
  cls: number;
  /** What costs points, by category. */
  findings: string[];
}

/**
 * Reads Lighthouse's report.
 *
 * @throws Error when it is none, or when Lighthouse says that it could not measure the page
 */
export function readReport(json: string): PageScores {
  const { runtimeError, categories: found, audits } = reportSchema.parse(JSON.parse(json));
  if (runtimeError) throw new Error(`${runtimeError.code}: ${runtimeError.message}`);
  const value = (id: string) => {
    const number = audits[id]?.numericValue;
    if (number === undefined) throw new Error(`expected a value of ${id} in Lighthouse's report, found none`);
    return number;
  };
  const percent = (name: Category) => Math.round(found[name].score * 100);
  return {
    scores: {
      performance: percent('performance'),
      accessibility: percent('accessibility'),
      'best-practices': percent('best-practices'),
      seo: percent('seo'),
    },
    lcp: Math.round(value('largest-contentful-paint')),
    tbt: Math.round(value('total-blocking-time')),
    cls: Number(value('cumulative-layout-shift').toFixed(3)),
    findings: categories
      .filter((name) => percent(name) < 100)
      .flatMap((name) =>
        found[name].auditRefs
          .filter(({ weight }) => weight > 0)
          .flatMap(({ id }) => {
            const audit = audits[id];
            if (!audit || audit.score === null || audit.score >= 0.995) return [];
            return [`${name}: ${audit.title}${audit.displayValue ? ` (${audit.displayValue})` : ''} [${id}]`];
          }),
      ),
  };
}

/** Whether every score is 100. */
export function isPerfect({ scores }: PageScores): boolean {
  return categories.every((name) => scores[name] === 100);
}

/** Of an odd number of runs, the one in the middle by performance. */
export function middleRun(runs: readonly PageScores[]): PageScores {
  const sorted = [...runs].sort(
    (a, b) => a.scores.performance - b.scores.performance || b.tbt - a.tbt || b.lcp - a.lcp,
  );
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (!middle) throw new Error('expected a run, found none');
  return middle;
}
