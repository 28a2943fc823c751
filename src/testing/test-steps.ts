import { readdirSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { findBrowser } from '../browser.ts';
import { runCheck } from '../checks/run-check.ts';
import { formatTerminal } from '../errors/format.ts';
import { ensurePython, pythonEnvironment } from '../python-env.ts';
import { checkOutcome } from './check-outcome.ts';
import { readJunitReport } from './junit-report.ts';
import { type Outcome, oneFailed, onePassed } from './outcome.ts';
import { readPlaywrightReport } from './playwright-report.ts';
import { runCommand } from './run-command.ts';
import { runRunner } from './runner.ts';
import type { Step, Write } from './step.ts';
import type { TestArguments, TestKind } from './test-arguments.ts';
import { readVitestReport } from './vitest-report.ts';

const node = process.execPath;
const reports = '.build/reports';
const long = ['tests/python/test_scripts.py', 'tests/python/test_fences.py'];

const pythonEnvironmentStep: Step = {
  name: 'python environment',
  heading: 'Python environment (.venv)',
  needs: [],
  async run(write) {
    await ensurePython((line) => write(`${line}\n`));
    write('.venv is what src/python/requirements.txt asks for\n');
    return onePassed;
  },
};

const browserStep: Step = {
  name: 'chromium',
  heading: 'Chromium',
  needs: [],
  async run(write) {
    write(`${findBrowser(process.env, chromium.executablePath())}\n`);
    return onePassed;
  },
};

const checkStep: Step = {
  name: 'check',
  heading: 'Content, types, lint and format (npm run check)',
  needs: ['python environment'],
  run: (write) => check(false, write),
};

const contentCheckStep: Step = {
  name: 'check',
  heading: 'Content (npm run check -- --content-only)',
  needs: [],
  run: (write) => check(true, write),
};

const buildStep: Step = {
  name: 'build',
  heading: 'Build into dist/ (npm run build)',
  needs: [],
  after: ['check'], // both write Astro's generated types
  run: (write) => command('build', ['scripts/build.ts'], write),
};

const testSteps: Record<TestKind, Step> = {
  unit: {
    name: 'unit tests',
    heading: 'Unit tests (tests/unit)',
    needs: [],
    run: (write) => vitest('unit', write),
  },
  site: {
    name: 'site tests',
    heading: 'Tests of the built site (tests/site)',
    needs: ['build'],
    run: (write) => vitest('site', write),
  },
  browser: {
    name: 'browser tests',
    heading: 'Browser tests (tests/browser)',
    needs: ['chromium', 'build'],
    run: (write) =>
      runRunner(
        {
          step: 'browser tests',
          command: node,
          args: ['node_modules/@playwright/test/cli.js', 'test'],
          report: `${reports}/browser.json`,
          read: readPlaywrightReport,
          limit: 20,
        },
        write,
      ),
  },
  python: {
    name: 'python tests',
    heading: 'Python tests (tests/python)',
    needs: ['python environment'],
    run: (write) => pytest('python tests', 'python', { without: long }, write),
  },
};

/** Builds of small sites in copies of the checkout, some of them killed: beside nothing else that is timed. */
const buildsStep: Step = {
  name: 'build tests',
  heading: 'Builds that are killed, repeated, or given broken content (tests/builds)',
  needs: [],
  after: ['build'],
  run: (write) => vitest('builds', write),
};

/** Scripts and fences run as long as all other Python tests together: they are a step beside those. */
const longPythonStep: Step = {
  name: 'scripts and fences',
  heading: 'Scripts with --tiny and fences of pages (tests/python)',
  needs: ['python environment'],
  run: (write) => pytest('scripts and fences', 'python-long', { only: long }, write),
};

/**
 * Tests of trainers that the pinned TRL lacks, each with the last release that has it:
 * `tests/python/trl_1_12_0` with TRL 1.12.0, in the same environment otherwise.
 */
const olderPythonSteps: Step[] = readdirSync('tests/python')
  .filter((name) => name.startsWith('trl_'))
  .sort()
  .map((folder) => {
    const release = folder.slice('trl_'.length).replaceAll('_', '.');
    const name = `python tests with TRL ${release}`;
    return {
      name,
      heading: `Python tests of what only TRL ${release} has (tests/python/${folder})`,
      needs: ['python environment'],
      run: (write) => pytest(name, folder, { only: [`tests/python/${folder}`], release }, write),
    };
  });

/** The steps of a test run. The long ones that others wait for come first: two run side by side. */
export function stepsFor(run: Extract<TestArguments, { run: unknown }>['run']): Step[] {
  if (run === 'fast') return [contentCheckStep, testSteps.unit];
  const { unit, site, browser, python } = testSteps;
  if (run === 'all') {
    return [
      browserStep,
      pythonEnvironmentStep,
      unit,
      checkStep,
      buildStep,
      python,
      longPythonStep,
      ...olderPythonSteps,
      site,
      buildsStep,
      browser,
    ];
  }
  const morePython = [longPythonStep, ...olderPythonSteps];
  const more: Partial<Record<TestKind, Step[]>> = { python: morePython, site: [buildsStep] };
  const chosen = run.flatMap((kind) => [testSteps[kind], ...(more[kind] ?? [])]);
  const needed = [browserStep, pythonEnvironmentStep, buildStep].filter(({ name }) =>
    chosen.some(({ needs }) => needs.includes(name)),
  );
  return [...needed, ...chosen];
}

/** Runs the check in this process: each error is a failure with its place, no error is one test passed. */
async function check(contentOnly: boolean, write: Write): Promise<Outcome> {
  const problems = await runCheck({
    contentDir: process.env.CONTENT_DIR ?? 'content',
    contentOnly,
  });
  write(formatTerminal(problems, { color: false }));
  return checkOutcome(problems);
}

/** A command of the project that passes or fails as a whole: it counts as one test. */
async function command(step: string, args: readonly string[], write: Write): Promise<Outcome> {
  const said: string[] = [];
  const ending = await runCommand(node, args, {
    limit: 15,
    write(text) {
      said.push(text);
      write(text);
    },
  });
  return ending === 0 ? onePassed : oneFailed(step, `ended with ${ending}:\n${said.join('')}`);
}

function vitest(project: 'unit' | 'site' | 'builds', write: Write): Promise<Outcome> {
  const report = `${reports}/${project}.json`;
  const runner = ['node_modules/vitest/vitest.mjs', 'run', '--project', project];
  return runRunner(
    {
      step: `${project} tests`,
      command: node,
      args: [...runner, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
      report,
      read: readVitestReport,
      limit: 15,
    },
    write,
  );
}

interface Suite {
  /** Files or folders to run; all when left out. */
  only?: readonly string[];
  without?: readonly string[];
  /** Another TRL than the environment's. */
  release?: string;
}

/** @param name of the report */
async function pytest(step: string, name: string, suite: Suite, write: Write): Promise<Outcome> {
  const report = `${reports}/${name}.xml`;
  const { only = [], without = [], release } = suite;
  const launcher = release === undefined ? [] : ['src/python/with_trl.py', release];
  const chosen = [...only, ...without.map((path) => `--ignore=${path}`)];
  return runRunner(
    {
      step,
      command: await ensurePython(),
      args: [...launcher, '-m', 'pytest', ...chosen, '--durations=15', `--junitxml=${report}`],
      env: pythonEnvironment(),
      report,
      read: readJunitReport,
      limit: 35,
    },
    write,
  );
}
