import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { type Problem, problem } from '../../errors/problem.ts';
import { pythonTool } from '../../python-env.ts';
import { readExcerpts, runTool, shownPath, toolFailed } from './run-tool.ts';

const point = z.object({ row: z.number(), column: z.number() });

/** The part of Ruff's JSON report that is read. */
const report = z.array(
  z.object({
    code: z.string().nullable(),
    filename: z.string(),
    location: point,
    end_location: point,
    message: z.string(),
  }),
);

/** Lint and format of the Python in the content, the tools and the tests. */
export async function checkRuff(contentDir: string, executable = pythonTool('ruff')): Promise<Problem[]> {
  const folders = [contentDir, 'src/python', 'tests/python'].filter((folder) => existsSync(folder));
  if (!existsSync(executable)) {
    const message = `expected Ruff at ${shownPath(executable)}, found none`;
    const suggestion = 'run `npm test` once: it makes .venv with all Python tools';
    return [problem('tool-missing', { file: '.venv', line: 1, column: 1 }, message, { suggestion })];
  }
  // Content that lies elsewhere is held to the same settings, those by folder included.
  const json = ['--output-format', 'json', '--config', 'pyproject.toml'];
  const ignored = ['--extend-per-file-ignores', `${resolve(contentDir)}/example-scripts/*.py:E402`];
  const [lint, format] = await Promise.all([
    runTool(executable, ['check', ...json, ...ignored, ...folders]),
    runTool(executable, ['format', '--check', ...json, ...folders]),
  ]);
  const linted = parseRuff(lint.stdout);
  const formatted = parseRuff(format.stdout);
  const found = [
    ...(linted ?? [toolFailed('ruff check', lint)]),
    // Both commands report a syntax error: once is enough.
    ...(formatted ?? [toolFailed('ruff format --check', format)]).filter(
      ({ message }) => !message.startsWith('invalid-syntax'),
    ),
  ];
  return readExcerpts(found);
}

/** The problems of a JSON report; undefined when the text is none. */
export function parseRuff(text: string): Problem[] | undefined {
  let data: unknown;
  try {
    data = JSON.parse(text === '' ? '[]' : text);
  } catch {
    return undefined;
  }
  return report.safeParse(data).data?.map(({ code, filename, location, end_location, message }) => {
    const oneLine = location.row === end_location.row;
    const length = oneLine ? Math.max(1, end_location.column - location.column) : 1;
    const place = { file: shownPath(filename), line: location.row, column: location.column, length };
    return problem('ruff', place, code ? `${code}: ${message}` : message);
  });
}
