import { bundleCommand } from '../src/bundle/command.ts';
import { processTerminal } from '../src/errors/terminal.ts';

process.exitCode = await bundleCommand(process.argv.slice(2), processTerminal());
