import { processTerminal } from '../src/errors/terminal.ts';
import { diffCommand } from '../src/release-diff/command.ts';

process.exitCode = await diffCommand(process.argv.slice(2), process.env, processTerminal());
