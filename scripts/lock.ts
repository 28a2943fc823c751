import { readFile, writeFile } from 'node:fs/promises';
import { withoutEngines } from '../src/lock-file.ts';

const file = 'package-lock.json';
await writeFile(file, withoutEngines(await readFile(file, 'utf8')));
process.stdout.write(`${file} can be installed under any Node.\n`);
