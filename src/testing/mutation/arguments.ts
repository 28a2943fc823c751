import { matchesGlob } from 'node:path';
import { parseArgs } from 'node:util';
import { didYouMean } from '../../errors/suggest.ts';
import { type GroupName, groupNames, moduleGroups } from './modules.ts';

export const mutationUsage = `usage: npm run mutation -- [<module>…] [--survivors] [--incremental]

Changes the pure modules in one place at a time, and asks whether a test notices (Stryker). Takes minutes a module.
Ends with 1 when the tests notice fewer than 80 % of a module's mutants.

  <module>       some of ${groupNames.join(', ')}, or a file of one, such as src/trl/resolve.ts; all when left out
  --survivors    list each mutant that no test notices, with its place
  --incremental  let mutants of sources and tests that did not change keep their last result: for the edit loop;
                 a score to report is measured anew
`;

/** A group to run, with the files of it that are asked for; all of them when `files` is left out. */
export interface GroupRequest {
  group: GroupName;
  files?: readonly string[];
}

/** What `npm run mutation` was asked for, or what is wrong with its arguments. */
export type MutationArguments =
  | { groups: readonly GroupRequest[]; survivors: boolean; incremental: boolean }
  | { help: true }
  | { error: string };

/** Reads the arguments of `npm run mutation`. */
export function parseMutationArguments(args: readonly string[]): MutationArguments {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        survivors: { type: 'boolean', default: false },
        incremental: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.help) return { help: true };
    const unknown = positionals.find((name) => !groupNames.some((group) => covers(group, name)));
    if (unknown !== undefined) {
      const meant = didYouMean(unknown, groupNames);
      return {
        error: `expected some of ${groupNames.join(', ')} or a file of one, found \`${unknown}\`${meant ? `: ${meant}` : ''}`,
      };
    }
    return { groups: requestsOf(positionals), survivors: values.survivors, incremental: values.incremental };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

function covers(group: GroupName, name: string): boolean {
  return name === group || moduleGroups[group].sources.some((glob) => matchesGlob(name, glob));
}

function requestsOf(names: readonly string[]): GroupRequest[] {
  if (names.length === 0) return groupNames.map((group) => ({ group }));
  return groupNames.flatMap((group) => {
    if (names.includes(group)) return { group };
    const files = names.filter((name) => covers(group, name));
    return files.length > 0 ? { group, files } : [];
  });
}
