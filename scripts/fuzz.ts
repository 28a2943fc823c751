import { processTerminal } from '../src/errors/terminal.ts';
import { fuzzCommand } from '../src/fuzz/command.ts';

process.exitCode = await fuzzCommand(process.argv.slice(2), processTerminal());
