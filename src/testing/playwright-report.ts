import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';
import type { Failure, Outcome, Skip } from './outcome.ts';

const message = z.object({ message: z.string().optional() });

const spec = z.object({
  title: z.string(),
  file: z.string(),
  tests: z.array(
    z.object({
      projectName: z.string(),
      status: z.enum(['expected', 'unexpected', 'flaky', 'skipped']),
      annotations: z.array(z.object({ type: z.string(), description: z.string().optional() })),
      results: z.array(z.object({ errors: z.array(message) })),
    }),
  ),
});

const suite = z.object({
  title: z.string(),
  specs: z.array(spec),
  get suites() {
    return z.array(suite).optional();
  },
});

/** The part of Playwright's JSON report that is read. */
const reportSchema = z.object({ suites: z.array(suite), errors: z.array(message) });

/**
 * The outcome in Playwright's JSON report. A test that passes only when repeated has failed, and so has
 * a file that does not load.
 * @throws when the text is not such a report
 */
export function readPlaywrightReport(text: string): Outcome {
  const { suites, errors } = reportSchema.parse(JSON.parse(text));
  const failures: Failure[] = errors.map((error) => ({ title: 'tests/browser', message: plain(error) }));
  const skips: Skip[] = [];
  let passed = 0;
  for (const { title, tests } of suites.flatMap((root) => specsOf(root, []))) {
    for (const { status, annotations, results } of tests) {
      if (status === 'expected') passed += 1;
      else if (status === 'skipped') {
        const reasons = annotations.flatMap(({ description }) => description ?? []);
        skips.push({ title, reason: reasons.join('; ') || 'no reason given' });
      } else {
        const said = results.flatMap((result) => result.errors.map(plain)).join('\n');
        failures.push({ title, message: status === 'flaky' ? `passed only when repeated: ${said}` : said });
      }
    }
  }
  return { passed, failures, skips };
}

/** Every test of a suite and of the suites in it, with its full title. */
function specsOf(parent: z.output<typeof suite>, above: readonly string[]): z.output<typeof spec>[] {
  const titles = [...above, parent.title];
  return [
    ...parent.specs.map((found) => ({ ...found, title: [...titles, found.title].join(' > ') })),
    ...(parent.suites ?? []).flatMap((child) => specsOf(child, titles)),
  ];
}

function plain(error: z.output<typeof message>): string {
  return stripVTControlCharacters(error.message ?? 'no message');
}
