import { spawnSync } from 'node:child_process';
import { z } from 'zod';
import { MissingProgram } from '../errors/missing-program.ts';

/** The oldest Python that TRL, transformers and NumPy accept at the versions of requirements.txt. */
export const oldestPython = [3, 11] as const;

/** Tried in order; PYTHON comes before them all. The plain name first: it is what the user means. */
const usualNames = ['python3', 'python', 'python3.13', 'python3.12', 'python3.11', 'python3.14'];

const probe = `import importlib.util as util, json, sys
print(json.dumps({
    "executable": sys.executable,
    "version": list(sys.version_info[:3]),
    "makes_environments": all(util.find_spec(name) for name in ("venv", "ensurepip")),
}))`;

const found = z.object({
  executable: z.string().min(1),
  version: z.tuple([z.number(), z.number(), z.number()]),
  makes_environments: z.boolean(),
});

/** An interpreter that can make the environment. */
export interface Python {
  executable: string;
  /** For example `3.11.7`. */
  version: string;
}

/** What a name turned out to be; undefined when nothing of that name runs. */
export type Probe = (name: string) => z.output<typeof found> | undefined;

/** Asks the interpreter of that name about itself. */
export const probePython: Probe = (name) => {
  const run = spawnSync(name, ['-c', probe], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  if (run.status !== 0) return undefined;
  try {
    return found.safeParse(JSON.parse(run.stdout)).data;
  } catch {
    return undefined;
  }
};

/**
 * The first Python that is new enough and has `venv` and `ensurepip`.
 * @throws {MissingProgram} that names what was found instead, and the package to install.
 */
export function findPython(preferred = process.env.PYTHON, ask: Probe = probePython): Python {
  const [major, minor] = oldestPython;
  const seen: string[] = [];
  let lacksVenv: Python | undefined;
  for (const name of preferred ? [preferred] : usualNames) {
    const answer = ask(name);
    if (!answer) continue;
    const version = answer.version.join('.');
    seen.push(`${name} ${version}`);
    if (answer.version[0] !== major || answer.version[1] < minor) continue;
    if (answer.makes_environments) return { executable: answer.executable, version };
    lacksVenv ??= { executable: answer.executable, version };
  }
  if (lacksVenv) {
    throw new MissingProgram(
      `expected a Python with the modules venv and ensurepip, found ${lacksVenv.executable} ${lacksVenv.version} without them`,
      'install them (Debian and Ubuntu: `sudo apt-get install python3-venv`)',
    );
  }
  const tried = preferred ? `PYTHON=${preferred}` : usualNames.join(', ');
  throw new MissingProgram(
    `expected Python ${major}.${minor} or newer, found ${seen.length > 0 ? seen.join(', ') : `none (tried ${tried})`}`,
    `install it (Debian and Ubuntu: \`sudo apt-get install python3 python3-venv\`), or set PYTHON to its path`,
  );
}
