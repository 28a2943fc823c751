import { relative } from 'node:path';
import { z } from 'zod';
import type { Outcome } from './outcome.ts';

/** The part of Vitest's JSON report that is read. */
const reportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string(),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.enum(['passed', 'failed', 'skipped', 'pending', 'todo', 'disabled']),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
});

/**
 * The outcome in Vitest's JSON report. A file that fails to load counts as one failure.
 * @throws when the text is not such a report
 */
export function readVitestReport(text: string): Outcome {
  const { testResults } = reportSchema.parse(JSON.parse(text));
  const tests = testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map((test) => ({ ...test, title: `${shown(name)} > ${test.fullName}` })),
  );
  const failed = tests.filter(({ status }) => status === 'failed');
  const unloaded = testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  return {
    passed: tests.filter(({ status }) => status === 'passed').length,
    failures: [
      ...unloaded.map(({ name, message }) => ({
        title: shown(name),
        message: message || 'the file failed outside its tests',
      })),
      ...failed.map(({ title, failureMessages }) => ({ title, message: failureMessages?.join('\n') ?? '' })),
    ],
    skips: tests
      .filter(({ status }) => status !== 'passed' && status !== 'failed')
      .map(({ title, status }) => ({ title, reason: status })),
  };
}

function shown(path: string): string {
  return relative(process.cwd(), path) || path;
}
