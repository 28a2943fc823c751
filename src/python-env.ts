import { join, resolve } from 'node:path';
import { findPython } from './python-env/find-python.ts';
import { makeEnvironment } from './python-env/make-environment.ts';
import { environmentState, interpreter } from './python-env/stamp.ts';

/** The project's root: the environment belongs to the checkout, wherever a command is started. */
const root = resolve(import.meta.dirname, '..');
const folder = join(root, '.venv');
const requirements = join(root, 'src/python/requirements.txt');

/** Why an environment is made anew, in words for the user. */
const reasons = {
  missing: 'there is no Python environment yet',
  'half made': 'the Python environment is half made',
  moved: 'the Python environment was made at another path',
  'out of date': 'src/python/requirements.txt has changed',
} as const;

/**
 * Makes `.venv` from src/python/requirements.txt when it is missing, half made or out of date.
 * An unchanged one costs no process.
 * @param say - gets one line for each thing that is done
 * @returns the path of its interpreter
 * @throws {MissingProgram} when the machine has no suitable Python
 */
export async function ensurePython(
  say: (line: string) => void = (line) => process.stderr.write(`python: ${line}\n`),
): Promise<string> {
  const state = environmentState(folder, requirements);
  if (state !== 'ready') {
    const python = findPython();
    say(`${reasons[state]}: building it`);
    await makeEnvironment({ folder, requirements, python, say });
    say('the environment is ready');
  }
  return interpreter(folder);
}

/** The path of a program of the environment, for example `pytest`. Call `ensurePython` before. */
export function pythonTool(name: string): string {
  return join(folder, 'bin', name);
}

/** The environment variables of every Python child: offline, quiet, as many threads as the tests were timed with. */
export function pythonEnvironment(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    HF_HUB_OFFLINE: '1',
    HF_HOME: join(root, '.cache/huggingface'),
    HF_DATASETS_DISABLE_PROGRESS_BARS: '1',
    TRL_EXPERIMENTAL_SILENCE: '1',
    TOKENIZERS_PARALLELISM: 'false',
    TQDM_DISABLE: '1',
    OMP_NUM_THREADS: process.env.OMP_NUM_THREADS ?? '2',
    PYTHONUNBUFFERED: '1',
  };
}
