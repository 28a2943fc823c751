import { readFile } from 'node:fs/promises';
import { type Problem, problem } from '../errors/problem.ts';

/** The text of a content file, or the problems that kept it from being read. */
export type SourceText = { text: string; problems: [] } | { text?: undefined; problems: Problem[] };

/**
 * Reads a content file as UTF-8 text.
 *
 * @param path where the file lies
 * @param file what to call it in messages
 * @returns its text without a byte order mark and with `\n` line ends; or one `file-not-text` or
 *   `file-empty` or `file-unreadable` problem
 */
export async function readSource(path: string, file: string): Promise<SourceText> {
  try {
    return decodeSource(await readFile(path), file);
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/, (?:open|read)\b.*/, '') : String(error);
    const place = { file, line: 1, column: 1 };
    return { problems: [problem('file-unreadable', place, `the file cannot be read: ${reason}`)] };
  }
}

/** `readSource` for bytes already at hand. */
export function decodeSource(bytes: Uint8Array, file: string): SourceText {
  const broken = firstBrokenByte(bytes);
  if (broken) {
    const message = `expected UTF-8 text, found ${broken.found} at byte ${broken.offset}`;
    return {
      problems: [problem('file-not-text', { file, line: broken.line, column: broken.column }, message)],
    };
  }
  const text = new TextDecoder('utf-8').decode(bytes).replace(/\r\n?/g, '\n');
  if (text.trim() === '') {
    const message = `expected content, found ${bytes.length === 0 ? 'no byte' : 'only white space'}`;
    return { problems: [problem('file-empty', { file, line: 1, column: 1 }, message)] };
  }
  return { text, problems: [] };
}

interface BrokenByte {
  found: string;
  offset: number;
  line: number;
  column: number;
}

/** The first NUL byte or the first byte that is not UTF-8. */
function firstBrokenByte(bytes: Uint8Array): BrokenByte | undefined {
  const nul = bytes.indexOf(0);
  const invalid = firstInvalid(bytes);
  if (nul < 0 && invalid < 0) return undefined;
  const isNul = invalid < 0 || (nul >= 0 && nul < invalid);
  const offset = isNul ? nul : invalid;
  const before = new TextDecoder('utf-8').decode(bytes.subarray(0, offset)).split(/\r\n?|\n/);
  return {
    found: isNul
      ? 'a NUL byte (a binary file?)'
      : `the byte 0x${bytes[offset]?.toString(16).padStart(2, '0')}`,
    offset,
    line: before.length,
    column: (before.at(-1)?.length ?? 0) + 1,
  };
}

/** Offset of the first byte that is not UTF-8, or -1: the longest prefix that decodes, by bisection. */
function firstInvalid(bytes: Uint8Array): number {
  if (decodes(bytes, false)) return -1;
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (decodes(bytes.subarray(0, middle), true)) good = middle;
    else bad = middle;
  }
  // Back to the byte that promised a longer character.
  while (good > 0 && !decodes(bytes.subarray(0, good), false)) good -= 1;
  return good;
}

/** Whether bytes are UTF-8; with `open`, a character may be cut off at their end. */
function decodes(bytes: Uint8Array, open: boolean): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: open });
    return true;
  } catch {
    return false;
  }
}
