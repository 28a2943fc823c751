import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import { withExcerpts } from '../../errors/excerpt.ts';
import { type Problem, problem } from '../../errors/problem.ts';

/** How a tool ended. */
export interface ToolRun {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a tool in the working directory and gathers what it writes; why it cannot start is in `stderr`. */
export function runTool(command: string, args: readonly string[]): Promise<ToolRun> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: '1', ASTRO_TELEMETRY_DISABLED: '1' },
    });
    const run = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (run.stdout += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (run.stderr += chunk));
    child.on('error', ({ message }) => resolve({ code: null, stdout: '', stderr: message }));
    child.on('close', (code) => resolve({ code, ...run }));
  });
}

/** The problem of a tool that ended without a report. Rules that tools draw over the width of a terminal are left out. */
export function toolFailed(name: string, run: ToolRun): Problem {
  const text = `${run.stderr}\n${run.stdout}`.replace(/[ \t]*━{3,}/g, '').trim();
  const said = text.split('\n').slice(0, 8).join('\n');
  const message = `${name} ended with ${run.code ?? 'no exit code'} and no report${said === '' ? '' : `:\n${said}`}`;
  return problem('tool-failed', { file: '.', line: 1, column: 1 }, message);
}

/** A path that a tool reports, as problems show it. */
export function shownPath(path: string): string {
  return (relative(process.cwd(), path) || path).split(sep).join('/');
}

/** Fills in the lines that the problems point at, from disk. */
export async function readExcerpts(problems: readonly Problem[]): Promise<Problem[]> {
  const files = [...new Set(problems.map(({ file }) => file))];
  const texts = await Promise.all(
    files.map(async (file) => [file, await readFile(file, 'utf8').catch(() => '')] as const),
  );
  return withExcerpts(problems, new Map(texts));
}
