import { mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findPython, type Probe } from '../../../src/python-env/find-python.ts';
import { installSteps } from '../../../src/python-env/make-environment.ts';
import { digestOf, environmentState, removeStamp, writeStamp } from '../../../src/python-env/stamp.ts';

type Answer = NonNullable<ReturnType<Probe>>;

/** A machine that has these Pythons and no other. */
const machine =
  (pythons: Record<string, [version: Answer['version'], makesEnvironments: boolean]>): Probe =>
  (name) => {
    const [version, makes_environments] = pythons[name] ?? [];
    if (!version || makes_environments === undefined) return undefined;
    return { executable: `/usr/bin/${name}`, version, makes_environments };
  };

describe('which Python makes the environment', () => {
  test('python3, when it is new enough', () => {
    const probe = machine({ python3: [[3, 11, 2], true], 'python3.13': [[3, 13, 0], true] });
    expect(findPython(undefined, probe)).toEqual({ executable: '/usr/bin/python3', version: '3.11.2' });
  });

  test('a newer one beside an old python3, or beside one without ensurepip', () => {
    const newer = [[3, 12, 1], true] satisfies [Answer['version'], boolean];
    for (const unfit of [[[3, 9, 2], true] as const, [[3, 11, 2], false] as const]) {
      const probe = machine({ python3: [[...unfit[0]], unfit[1]], 'python3.12': newer });
      expect(findPython(undefined, probe).version).toBe('3.12.1');
    }
  });

  test('only the one that PYTHON names, when it is set', () => {
    const probe = machine({ python3: [[3, 11, 2], true] });
    expect(() => findPython('/opt/python', probe)).toThrow('found none (tried PYTHON=/opt/python)');
  });

  test('without any, or with an old one, the message says what was found and what to install', () => {
    expect(() => findPython(undefined, machine({}))).toThrow(
      /Python 3\.11 or newer, found none.*\n.*python3-venv/,
    );
    expect(() => findPython(undefined, machine({ python3: [[3, 9, 2], true] }))).toThrow(
      'found python3 3.9.2',
    );
  });

  test('without ensurepip, as on a bare Debian, the message names the package', () => {
    const bare = machine({ python3: [[3, 11, 2], false] });
    expect(() => findPython(undefined, bare)).toThrow(
      /\/usr\/bin\/python3 3\.11\.2 without them\n.*python3-venv/,
    );
  });
});

test('torch is installed alone and first, and stays pinned while the rest is resolved', () => {
  const steps = installSteps('# why\nnumpy==2.4.6\ntorch==2.13.0 # exact\n\ntorchdata==1.0\n');
  expect(steps.map(([, packages]) => packages)).toEqual([
    ['torch==2.13.0'],
    ['torch==2.13.0', 'numpy==2.4.6', 'torchdata==1.0'],
  ]);
});

describe('the state of an environment', () => {
  async function made() {
    const root = await mkdtemp(join(tmpdir(), 'environment-'));
    const folder = join(root, '.venv');
    const requirements = join(root, 'requirements.txt');
    await writeFile(requirements, 'numpy==2.4.6\n');
    await mkdir(join(folder, 'bin'), { recursive: true });
    await writeFile(join(folder, 'bin/python'), '');
    writeStamp(folder, { requirements: digestOf(requirements), folder, python: '3.11.2' });
    return { root, folder, requirements };
  }

  test('is ready when its stamp fits, and missing when there is none', async () => {
    const { root, folder, requirements } = await made();
    expect(environmentState(folder, requirements)).toBe('ready');
    expect(environmentState(join(root, 'elsewhere'), requirements)).toBe('missing');
  });

  test('is out of date when the requirements change', async () => {
    const { folder, requirements } = await made();
    await writeFile(requirements, 'numpy==2.5.0\n');
    expect(environmentState(folder, requirements)).toBe('out of date');
  });

  test('is half made without a stamp, or with a damaged one', async () => {
    const { folder, requirements } = await made();
    await writeFile(join(folder, 'made-from.json'), '{"requirements":');
    expect(environmentState(folder, requirements)).toBe('half made');
    removeStamp(folder);
    expect(environmentState(folder, requirements)).toBe('half made');
  });

  test('is ready through a link, as several checkouts may share one', async () => {
    const { root, folder, requirements } = await made();
    await symlink(folder, join(root, 'link'));
    expect(environmentState(join(root, 'link'), requirements)).toBe('ready');
  });

  test('is moved when its programs name another path', async () => {
    const { folder, requirements } = await made();
    writeStamp(folder, {
      requirements: digestOf(requirements),
      folder: '/elsewhere/.venv',
      python: '3.11.2',
    });
    expect(environmentState(folder, requirements)).toBe('moved');
  });
});
