import { processTerminal } from '../src/errors/terminal.ts';
import { mutationCommand } from '../src/testing/mutation/command.ts';

process.exitCode = await mutationCommand(process.argv.slice(2), processTerminal());
