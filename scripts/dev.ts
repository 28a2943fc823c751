import { spawn } from 'node:child_process';
import { astroCommand } from '../src/build/astro.ts';
import { checkContent } from '../src/checks/content/index.ts';
import { readContent } from '../src/collections/read-content.ts';
import { formatTerminal, wantsColor } from '../src/errors/format.ts';

const usage = `Usage: npm run dev [-- <options of astro dev>]

Shows what is wrong with the content, then serves it with live reload on http://localhost:4321.
The content may be broken: pages without mistakes are served, the others show theirs.
Drafts are served too, marked as such; DRAFTS=0 leaves them out, as a build does.
`;

const args = process.argv.slice(2);

if (args.includes('--help') || args.includes('-h')) {
  process.stdout.write(usage);
} else {
  const problems = checkContent(
    await readContent(process.env.CONTENT_DIR ?? 'content'),
    process.env.BASE_PATH ?? '/',
  );
  if (problems.length > 0) {
    process.stderr.write(`${formatTerminal(problems, { color: wantsColor(process.stderr, process.env) })}\n`);
  }
  // Whoever writes sees their drafts.
  const env = { ...process.env, DRAFTS: process.env.DRAFTS ?? '1', ASTRO_TELEMETRY_DISABLED: '1' };
  const child = spawn(process.execPath, [astroCommand(), 'dev', ...args], { env, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}
