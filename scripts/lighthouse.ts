import { processTerminal } from '../src/errors/terminal.ts';
import { lighthouseCommand } from '../src/lighthouse/command.ts';

process.exitCode = await lighthouseCommand(process.argv.slice(2), process.env, processTerminal());
