import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { decodeSource } from '../../collections/source.ts';
import { type Problem, problem } from '../../errors/problem.ts';
import { limits, mebibytes } from './limits.ts';
import { repairMojibake } from './mojibake.ts';
import { type FoundFile, leaveOut } from './walk.ts';

/** A file as it was read: its text, or nothing when it is left out; and what there is to say about it. */
export interface ReadFile {
  text: string | undefined;
  problems: Problem[];
}

/**
 * Reads one file of the folder: UTF-8, or UTF-16 that says so. Certain damage of its encoding is repaired.
 * What is too large, no text, or empty is left out. A link that took the file's place meanwhile is not followed.
 */
export async function readFoundFile({ absolute, shown }: FoundFile): Promise<ReadFile> {
  const refuse = (reason: string): ReadFile => ({ text: undefined, problems: [leaveOut(shown, reason)] });
  try {
    const handle = await open(absolute, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const { size } = await handle.stat();
      if (size > limits.fileBytes) {
        const most = mebibytes(limits.fileBytes);
        return refuse(`it has ${mebibytes(size)}, and an import takes files of at most ${most}`);
      }
      return takeText(await handle.readFile(), shown);
    } finally {
      await handle.close();
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/, open .*/, '') : String(error);
    return refuse(`it cannot be read: ${reason}`);
  }
}

/** `readFoundFile` for bytes already at hand. */
export function takeText(bytes: Uint8Array, shown: string): ReadFile {
  const utf16 = fromUtf16(bytes);
  const source = decodeSource(utf16 === undefined ? bytes : new TextEncoder().encode(utf16), shown);
  if (source.text === undefined) {
    const problems = source.problems.map(({ message, line, column }) =>
      leaveOut(shown, message, line, column),
    );
    return { text: undefined, problems };
  }
  const lines = source.text.split('\n');
  const long = lines.findIndex((line) => line.length > limits.lineLength);
  if (long >= 0) {
    const reason = `the line has ${lines[long]?.length} characters, and an import takes lines of at most ${limits.lineLength}`;
    return { text: undefined, problems: [leaveOut(shown, reason, long + 1)] };
  }
  const { text, repairs, scars } = repairMojibake(source.text);
  return {
    text,
    problems: [
      ...(utf16 === undefined ? [] : [repaired(shown, 1, 1, 'read as UTF-16, as its first two bytes say')]),
      ...repairs.map(({ line, before, after }) => {
        const { column, from, to } = difference(before, after);
        const message = `repaired \`${from}\` to \`${to}\`: it was UTF-8 read as Windows-1252`;
        return { ...repaired(shown, line, column, message), excerpt: before };
      }),
      ...scars.map(({ line, column, found }) =>
        problem(
          'import-scar',
          { file: shown, line, column, length: found.length },
          `found \`${found}\`, which a change of encoding left; what stood there is not certain, so it stays`,
          { severity: 'warning' },
        ),
      ),
    ],
  };
}

function repaired(file: string, line: number, column: number, message: string): Problem {
  return problem('import-repaired', { file, line, column }, message, { severity: 'warning' });
}

function fromUtf16(bytes: Uint8Array): string | undefined {
  const little = bytes[0] === 0xff && bytes[1] === 0xfe;
  const big = bytes[0] === 0xfe && bytes[1] === 0xff;
  if (!little && !big) return undefined;
  try {
    return new TextDecoder(little ? 'utf-16le' : 'utf-16be', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Where two lines differ first, and the stretch that does, at most 40 characters of it. */
function difference(before: string, after: string): { column: number; from: string; to: string } {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const cut = (text: string) => (text.length > 40 ? `${text.slice(0, 39)}…` : text);
  return {
    column: start + 1,
    from: cut(before.slice(start, before.length - end)),
    to: cut(after.slice(start, after.length - end)),
  };
}
