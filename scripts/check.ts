import { checkCommand } from '../src/checks/check-command.ts';
import { processTerminal } from '../src/errors/terminal.ts';

process.exitCode = await checkCommand(process.argv.slice(2), process.env, processTerminal());
