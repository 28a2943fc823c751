import { benchCommand } from '../src/bench/command.ts';
import { processTerminal } from '../src/errors/terminal.ts';

process.exitCode = await benchCommand(process.argv.slice(2), {
  ...processTerminal(),
  live: process.stderr.isTTY === true,
});
