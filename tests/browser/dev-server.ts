import { type ChildProcess, spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';

const project = join(import.meta.dirname, '../..');

/** What `astro dev` reads of the project; packages are found above the copy. */
const parts = ['src', 'public', 'scripts', 'astro.config.mjs', 'package.json', 'tsconfig.json'];

/** `npm run dev` on a copy of the project with the small content of the unit tests. */
export class DevServer {
  readonly url: string;
  readonly #root: string;
  readonly #process: ChildProcess;
  #said = '';
  readonly #kill = () => {
    const { pid } = this.#process;
    if (pid !== undefined && this.isRunning) process.kill(-pid, 'SIGKILL');
  };

  private constructor(root: string, port: number) {
    this.#root = root;
    this.url = `http://localhost:${port}`;
    // In a group of its own: the command starts Astro as another process.
    this.#process = spawn(process.execPath, ['scripts/dev.ts', '--port', String(port), '--ignore-lock'], {
      cwd: root,
      detached: true,
      env: { ...process.env, CONTENT_DIR: 'content', BASE_PATH: '', NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    // Also where the run ends before it comes to `stop`.
    process.once('exit', this.#kill);
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.#said += chunk.toString('utf8');
      });
    }
  }

  /** @param broken files of the content that differ from the start */
  static async start(broken: Record<string, string> = {}): Promise<DevServer> {
    await mkdir(join(project, '.build'), { recursive: true });
    const root = await mkdtemp(join(project, '.build/dev-'));
    for (const part of parts) await cp(join(project, part), join(root, part), { recursive: true });
    await cp(join(project, 'tests/fixtures/content'), join(root, 'content'), { recursive: true });
    for (const [file, text] of Object.entries(broken)) await writeFile(join(root, 'content', file), text);
    const server = new DevServer(root, await freePort());
    try {
      await server.#untilReady();
      return server;
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  /** What it has written to the terminal so far. */
  get said(): string {
    return this.#said;
  }

  get isRunning(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  /** Path of a content file. */
  path(file: string): string {
    return join(this.#root, 'content', file);
  }

  /** Saves as many editors do: to another file, which then takes the place. */
  async save(file: string, text: string): Promise<void> {
    const beside = this.path(`${file}.tmp~`);
    await writeFile(beside, text);
    await rename(beside, this.path(file));
  }

  async stop(): Promise<void> {
    process.off('exit', this.#kill);
    if (this.#process.pid !== undefined && this.isRunning) {
      const ended = new Promise((resolve) => this.#process.once('exit', resolve));
      this.#kill();
      await ended;
    }
    await rm(this.#root, { recursive: true, force: true, maxRetries: 3 });
  }

  async #untilReady(): Promise<void> {
    const deadline = Date.now() + 120_000;
    while (!this.#said.includes('watching for file changes')) {
      if (!this.isRunning || Date.now() > deadline) throw new Error(`no dev server: ${this.#said}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('expected a port');
  return address.port;
}
