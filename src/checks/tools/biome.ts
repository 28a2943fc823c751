import { z } from 'zod';
import { type Problem, problem } from '../../errors/problem.ts';
import { readExcerpts, runTool, toolFailed } from './run-tool.ts';

const point = z.object({ line: z.number(), column: z.number() });

/** The part of Biome's `rdjson` report that is read. */
const report = z.object({
  diagnostics: z.array(
    z.object({
      code: z.object({ value: z.string() }).optional(),
      location: z
        .object({ path: z.string(), range: z.object({ start: point, end: point }).optional() })
        .optional(),
      message: z.string(),
      severity: z.enum(['ERROR', 'WARNING', 'INFO', 'UNKNOWN_SEVERITY']).optional(),
    }),
  ),
});

/** Biome's command line, for `process.execPath` to run. */
export const biomeProgram = 'node_modules/@biomejs/biome/bin/biome';

/** Lint and format of TypeScript, CSS and JSON. */
export async function checkBiome(): Promise<Problem[]> {
  const args = ['check', '--reporter=rdjson', '--max-diagnostics=none', '.'];
  const run = await runTool(process.execPath, [biomeProgram, ...args]);
  const parsed = parseBiome(run.stdout);
  return parsed ? readExcerpts(parsed) : [toolFailed('biome check', run)];
}

/** The problems of an `rdjson` report; undefined when the text is none. */
export function parseBiome(text: string): Problem[] | undefined {
  const start = text.indexOf('{');
  let data: unknown;
  try {
    data = JSON.parse(text.slice(Math.max(0, start)));
  } catch {
    return undefined;
  }
  const parsed = report.safeParse(data);
  return parsed.data?.diagnostics
    .filter(({ severity }) => severity !== 'INFO')
    .map(({ code, location, message, severity }) => {
      const { start: from, end: to } = location?.range ?? {
        start: { line: 1, column: 1 },
        end: { line: 1, column: 2 },
      };
      const length = from.line === to.line ? Math.max(1, to.column - from.column) : 1;
      const rule = code?.value.split('/').at(-1);
      return problem(
        'biome',
        { file: location?.path ?? '.', line: from.line, column: from.column, length },
        rule ? `${rule}: ${message}` : message,
        { severity: severity === 'WARNING' ? 'warning' : 'error' },
      );
    });
}
