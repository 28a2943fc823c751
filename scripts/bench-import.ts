import { processTerminal } from '../src/errors/terminal.ts';
import { benchmarkImport } from '../src/import/benchmark.ts';

const [folder = 'tests/fixtures/import/predecessor', count = '1000'] = process.argv.slice(2);
process.exitCode = await benchmarkImport(folder, Number(count), processTerminal());
