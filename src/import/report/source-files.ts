import type { Problem } from '../../errors/problem.ts';
import type { ImportFile } from '../import-file.ts';
import { finding } from './judge.ts';
import { trlNames } from './names.ts';

/** A source file of TRL as tutorials name it, with lines after a colon: not part of an address or a longer path. */
const mention = /(?<![\w/.-])trl\/(?:\w+\/)*\w+\.py\b(?::(?<from>\d+)(?:-(?<to>\d+))?)?/g;

/**
 * Source files that the newest release does not have, and lines behind the end of one. Each is told once a file.
 *
 * @param trl the release that the file is held to: of older ones the names of files are not at hand
 */
export function sourceFiles({ shown, text }: ImportFile, trl: string): Problem[] {
  if (trl !== trlNames.newest) return [];
  const seen = new Set<string>();
  return text.split('\n').flatMap((line, index) =>
    [...line.matchAll(mention)].flatMap((match) => {
      const [written] = match;
      if (seen.has(written)) return [];
      seen.add(written);
      const place = { file: shown, line: index + 1, column: match.index + 1, length: written.length };
      const file = written.replace(/:.*/, '');
      const lines = Object.hasOwn(trlNames.files, file) ? trlNames.files[file] : undefined;
      if (lines === undefined) {
        return [finding('symbol-unknown', place, `TRL ${trl} has no file \`${file}\``, elsewhere(file))];
      }
      const last = Math.max(Number(match.groups?.from ?? 0), Number(match.groups?.to ?? 0));
      if (last <= lines) return [];
      const message = `\`${file}\` of TRL ${trl} has ${lines} lines, and no line ${last}`;
      return [finding('symbol-unknown', place, message, 'name the function instead')];
    }),
  );
}

/** Where a file of that name lies today, if one does. */
function elsewhere(file: string): string {
  const name = file.slice(file.lastIndexOf('/'));
  const [found, ...others] = Object.keys(trlNames.files).filter((each) => each.endsWith(name));
  return found && others.length === 0
    ? `it is now \`${found}\``
    : 'leave it out, or name the release that had it';
}
