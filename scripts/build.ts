import { buildCommand } from '../src/build/command.ts';
import { processTerminal } from '../src/errors/terminal.ts';

process.exitCode = await buildCommand(process.argv.slice(2), processTerminal());
