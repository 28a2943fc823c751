import { processTerminal } from '../src/errors/terminal.ts';
import { schemasCommand } from '../src/json-schemas/command.ts';

process.exitCode = await schemasCommand(process.argv.slice(2), processTerminal());
