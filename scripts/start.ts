import { buildCommand } from '../src/build/command.ts';
import { buildOptions } from '../src/build/options.ts';
import { processTerminal } from '../src/errors/terminal.ts';
import { PortTakenError, serve } from '../src/serve/server.ts';

const usage = `Usage: npm start [-- --content-dir <folder>]

Builds the site and serves it on http://localhost:4321 (PORT).
`;

const args = process.argv.slice(2);
const port = Number(process.env.PORT ?? 4321);

if (args.includes('--help') || args.includes('-h')) {
  process.stdout.write(usage);
} else if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  process.stderr.write(`expected PORT to be a number up to 65535, found "${process.env.PORT}"\n`);
  process.exitCode = 2;
} else {
  const code = await buildCommand(args, processTerminal());
  if (code === 0) await start();
  else process.exitCode = code;
}

async function start(): Promise<void> {
  try {
    const { url } = await serve('dist', buildOptions(args, process.env).base, port);
    process.stdout.write(`\nThe site is at ${url}\nStop with Ctrl-C.\n`);
  } catch (error) {
    if (!(error instanceof PortTakenError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
