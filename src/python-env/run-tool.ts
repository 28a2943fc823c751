import { spawn } from 'node:child_process';
import { MissingProgram } from '../errors/missing-program.ts';
import { ensurePython, pythonEnvironment } from '../python-env.ts';

/**
 * Runs a Python program of `src/python/` with the project's environment, its input and output passed through.
 *
 * @param script path relative to the project's root
 * @returns its exit code; 1, with the cure on the terminal, when the machine has no suitable Python
 */
export async function runPythonTool(script: string, args: readonly string[]): Promise<number> {
  const python = await ensurePython().catch((error: unknown) => {
    if (!(error instanceof MissingProgram)) throw error;
    process.stderr.write(`${error.message}\n`);
    return undefined;
  });
  if (python === undefined) return 1;
  const child = spawn(python, [script, ...args], { stdio: 'inherit', env: pythonEnvironment() });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}
