import { processTerminal } from '../src/errors/terminal.ts';
import { newCommand } from '../src/scaffold/new-command.ts';

process.exitCode = await newCommand(process.argv.slice(2), process.env, processTerminal());
