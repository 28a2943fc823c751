import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { Python } from './find-python.ts';
import { digestOf, interpreter, removeStamp, writeStamp } from './stamp.ts';

interface MakeOptions {
  /** Absolute path of the environment. */
  folder: string;
  requirements: string;
  python: Python;
  say: (line: string) => void;
}

/**
 * Makes the environment from nothing and stamps it last.
 * @throws when a step fails, with what pip or venv said.
 */
export async function makeEnvironment({ folder, requirements, python, say }: MakeOptions): Promise<void> {
  const requirementsDigest = digestOf(requirements);
  removeStamp(folder);
  await rm(folder, { recursive: true, force: true });
  say(`making ${folder} with Python ${python.version} (${python.executable})`);
  await runOrThrow(python.executable, ['-m', 'venv', folder]);
  for (const [label, packages] of installSteps(readFileSync(requirements, 'utf8'))) {
    say(label);
    await runOrThrow(interpreter(folder), [...pipInstall, ...packages]);
  }
  writeStamp(folder, { requirements: requirementsDigest, folder, python: python.version });
}

/** Nothing is kept outside the checkout: pip's cache would be as large as the environment. */
const pipInstall = [
  ...['-m', 'pip', 'install', '--quiet', '--no-input', '--no-cache-dir', '--progress-bar', 'off'],
  ...['--disable-pip-version-check', '--no-warn-script-location'],
];

/**
 * torch by itself and exact before the rest, whose ranges could otherwise choose another torch first.
 * @param text - the text of requirements.txt: one `name==version` a line, and comments
 */
export function installSteps(text: string): [label: string, packages: string[]][] {
  const pins = text
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .filter((line) => line !== '');
  const torch = pins.filter((pin) => /^torch\b/.test(pin));
  const rest = pins.filter((pin) => !torch.includes(pin));
  const steps: [string, string[]][] = [];
  if (torch.length > 0) {
    steps.push([
      `installing ${torch.join(' ')} (on Linux about 5 GB with its CUDA libraries; a minute or more)`,
      torch,
    ]);
  }
  if (rest.length > 0) steps.push([`installing ${rest.join(' ')}`, [...torch, ...rest]]);
  return steps;
}

function runOrThrow(command: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else
        reject(new Error(`${command} ${args.join(' ')} ended with ${code ?? 'a signal'}:\n${said.trim()}`));
    });
  });
}
