import { spawn } from 'node:child_process';
import { astroCommand, astroEnvironment } from '../src/build/astro.ts';

const usage = `Usage: npm run dev [-- <options of astro dev>]

Serves the content with live reload on http://localhost:4321.
The content may be broken: its errors are said here and shown over the page, and go away when the file is mended.
Drafts are served too, marked as such; DRAFTS=0 leaves them out, as a build does.
`;

const args = process.argv.slice(2);

if (args.includes('--help') || args.includes('-h')) {
  process.stdout.write(usage);
} else {
  // Whoever writes sees their drafts.
  const env = astroEnvironment(process.env, { DRAFTS: process.env.DRAFTS ?? '1' });
  const child = spawn(process.execPath, [astroCommand(), 'dev', ...args], { env, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}
