import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import type { Terminal } from '../../errors/terminal.ts';
import { mutationUsage, parseMutationArguments } from './arguments.ts';
import type { GroupName } from './modules.ts';
import { groupsBelow, mutantLine, scoreTable } from './report.ts';
import { runStryker } from './run-stryker.ts';
import { type Mutant, type Score, scoreOf } from './score.ts';

/** `npm run mutation`. Returns the exit code: 0, 1 when a score is below the floor, 2 for wrong arguments. */
export async function mutationCommand(
  args: readonly string[],
  terminal: Terminal,
  run: typeof runStryker = runStryker,
): Promise<number> {
  const request = parseMutationArguments(args);
  if ('error' in request) {
    terminal.error(`${request.error}\n\n${mutationUsage}`);
    return 2;
  }
  if ('help' in request) {
    terminal.out(mutationUsage);
    return 0;
  }
  const scores = new Map<GroupName, Score>();
  for (const { group, files } of request.groups) {
    const { incremental } = request;
    let mutants: Mutant[];
    try {
      mutants = await run(group, { files, incremental, terminal: terminal.progress !== undefined });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      terminal.error(`${group}: Stryker ended early: ${why}\nDo its tests pass? npm run test:fast\n`);
      return 1;
    }
    scores.set(group, scoreOf(mutants));
    if (request.survivors) terminal.out(await unnoticed(mutants));
  }
  terminal.out(scoreTable(scores));
  return groupsBelow(scores).length > 0 ? 1 : 0;
}

/** A line for each mutant that no test notices. */
async function unnoticed(mutants: readonly Mutant[]): Promise<string> {
  const lines = mutants
    .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
    .map(async (mutant) => {
      const fileName = relative('.', mutant.fileName);
      return `${mutantLine({ ...mutant, fileName }, await readFile(fileName, 'utf8'))}\n`;
    });
  return (await Promise.all(lines)).join('');
}
