import { processTerminal } from '../src/errors/terminal.ts';
import { importCommand } from '../src/import/command.ts';

process.exitCode = await importCommand(process.argv.slice(2), process.env, processTerminal());
