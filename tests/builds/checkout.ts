import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const git = promisify(execFile);

/** What a build reads, besides its content. */
const generator = ['src', 'public', 'scripts/build.ts', 'astro.config.mjs', 'package.json', 'tsconfig.json'];

/** A copy of the generator with the small content of the fixtures, its own caches and its own dist/. */
export interface Checkout {
  dir: string;
  /** Starts a build in a process group of its own, so that all of it can be killed. */
  start(options?: { args?: readonly string[]; env?: Record<string, string>; shell?: string }): Build;
  remove(): Promise<void>;
}

export interface Build {
  child: ChildProcess;
  /** How it ended, and all that it said. */
  ended: Promise<{ code: number | null; said: string }>;
}

/**
 * @param parent folder to make it in; the system's for temporary files
 * @param options.commit make it a repository with one commit, so that pages have dates
 */
export async function makeCheckout(parent = tmpdir(), { commit = false } = {}): Promise<Checkout> {
  const dir = await mkdtemp(join(parent, 'checkout-'));
  for (const path of generator) {
    await mkdir(join(dir, path, '..'), { recursive: true });
    await cp(path, join(dir, path), { recursive: true });
  }
  await cp('tests/fixtures/content', join(dir, 'content'), { recursive: true });
  await symlink(resolve('node_modules'), join(dir, 'node_modules'));
  if (commit) await commitAll(dir);
  return {
    dir,
    start: ({ args = [], env = {}, shell } = {}) => startBuild(dir, args, env, shell),
    remove: () => rm(dir, { recursive: true, force: true }),
  };
}

async function commitAll(dir: string): Promise<void> {
  const person = ['-c', 'user.name=A', '-c', 'user.email=a@a.test'];
  const date = '2026-03-01T23:30:00-05:00';
  const env = { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
  await git('git', ['init', '-q'], { cwd: dir });
  await git('git', ['add', 'content', 'src'], { cwd: dir });
  await git('git', [...person, 'commit', '-q', '-m', 'All'], { cwd: dir, env });
}

function startBuild(
  cwd: string,
  args: readonly string[],
  env: Record<string, string>,
  shell: string | undefined,
): Build {
  const command = [process.execPath, 'scripts/build.ts', ...args];
  const [program = '', ...rest] = shell === undefined ? command : ['sh', '-c', shell, ...command];
  const { CONTENT_DIR: _, BASE_PATH: __, SITE_URL: ___, NODE_ENV: ____, ...inherited } = process.env;
  const child = spawn(program, rest, { cwd, env: { ...inherited, ...env }, detached: true });
  const said: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => said.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
  const ended = new Promise<{ code: number | null; said: string }>((settle, reject) => {
    child.on('error', reject);
    child.on('close', (code) => settle({ code, said: Buffer.concat(said).toString('utf8') }));
  });
  return { child, ended };
}

/** Kills a build and everything that it started. */
export function killGroup({ child }: Build): void {
  if (child.pid === undefined || child.exitCode !== null) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/** The digest of every file of a folder, by its path; empty when there is no such folder. */
export async function digests(dir: string): Promise<Record<string, string>> {
  const items = await readdir(dir, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = items
    .filter((item) => item.isFile())
    .map((item) => join(item.parentPath, item.name))
    .sort();
  const found = await Promise.all(
    files.map(async (file) => {
      const digest = createHash('sha256')
        .update(await readFile(file))
        .digest('hex');
      return [file.slice(dir.length + 1), digest] as const;
    }),
  );
  return Object.fromEntries(found);
}
