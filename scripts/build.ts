import { buildCommand, processTerminal } from '../src/build/command.ts';

process.exitCode = await buildCommand(process.argv.slice(2), processTerminal());
