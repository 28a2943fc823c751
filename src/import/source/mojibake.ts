/*
 * UTF-8 that was once read as Windows-1252 or Latin-1: each byte became a character of its own, `✅` (E2 9C 85)
 * became `âœ…`. The way back is to turn characters into bytes and to read the bytes as UTF-8.
 */

/** The byte of each character that Windows-1252 or Latin-1 makes of the bytes from 0x80 on. */
const byteOf = new Map<string, number>();
const windows1252 = new TextDecoder('windows-1252');
for (let byte = 0x80; byte <= 0xff; byte += 1) {
  byteOf.set(String.fromCharCode(byte), byte);
  byteOf.set(windows1252.decode(Uint8Array.of(byte)), byte);
}

/** A stretch of a line that reads as one character of UTF-8. */
interface Sequence {
  start: number;
  length: number;
  character: string;
}

/** A line that was repaired. */
export interface Repair {
  line: number;
  before: string;
  after: string;
}

/** Damage that stays, because what stood there is not certain. Line and column from 1. */
export interface Scar {
  line: number;
  column: number;
  found: string;
}

export interface Repaired {
  text: string;
  repairs: Repair[];
  scars: Scar[];
}

/**
 * Repairs what is certain, line by line, and names what is not.
 *
 * A sequence of three or four bytes is certain: nobody writes `âœ…`. One of two bytes (`Ã©`, `Ï€`) is certain when
 * its first character is one that damaged Latin and Greek letters begin with, and the text has a longer one, or
 * at least two such and no other character of that range.
 */
export function repairMojibake(text: string): Repaired {
  const before = text.split('\n');
  let lines = before;
  // Text can be damaged twice.
  for (let pass = 0; pass < 3; pass += 1) {
    const next = repairLines(lines);
    if (next === lines) break;
    lines = next;
  }
  const repairs = lines.flatMap((after, index) =>
    after === before[index] ? [] : [{ line: index + 1, before: before[index] ?? '', after }],
  );
  return { text: lines.join('\n'), repairs, scars: lines.flatMap((line, index) => scarsOf(line, index + 1)) };
}

function repairLines(lines: string[]): string[] {
  const found = lines.map((line) => (/[\u0080-\u{10ffff}]/u.test(line) ? sequencesOf(line) : []));
  const all = found.flat();
  const isShort = ({ length }: Sequence) => length === 2;
  const mapped = lines.join('').match(/[\u0080-\u00ff]/g)?.length ?? 0;
  const explained = all.reduce((sum, { length }) => sum + length, 0);
  const shortIsCertain =
    all.some((each) => !isShort(each)) || (all.filter(isShort).length >= 2 && mapped <= explained);
  let changed = false;
  const repaired = lines.map((line, index) => {
    const certain = (found[index] ?? []).filter(
      (each) => !isShort(each) || (shortIsCertain && isUsualStart(line, each)),
    );
    if (certain.length === 0) return line;
    changed = true;
    let after = '';
    let end = 0;
    for (const { start, length, character } of certain) {
      after += line.slice(end, start) + (character === '\ufeff' ? '' : character);
      end = start + length;
    }
    return after + line.slice(end);
  });
  return changed ? repaired : lines;
}

/** `Â`, `Ã` begin the letters of Western Europe, `Å` typographic ones damaged twice, `Î`, `Ï` the Greek ones. */
function isUsualStart(line: string, { start }: Sequence): boolean {
  return 'ÂÃÅÎÏ'.includes(line[start] ?? ' ');
}

/** Every stretch of a line whose bytes are one character of UTF-8, and a character that one sees. */
function sequencesOf(line: string): Sequence[] {
  const found: Sequence[] = [];
  for (let start = 0; start < line.length; start += 1) {
    const length = lengthFrom(byteOf.get(line[start] ?? '') ?? 0);
    if (length === 0) continue;
    const bytes = [...line.slice(start, start + length)].map((character) => byteOf.get(character));
    if (bytes.length < length || bytes.includes(undefined)) continue;
    const character = decode(bytes.filter((byte) => byte !== undefined));
    if (character === undefined) continue;
    found.push({ start, length, character });
    start += length - 1;
  }
  return found;
}

/** How many bytes a character has that begins with this one; 0 for a byte that begins none. */
function lengthFrom(byte: number): number {
  if (byte >= 0xc2 && byte <= 0xdf) return 2;
  if (byte >= 0xe0 && byte <= 0xef) return 3;
  return byte >= 0xf0 && byte <= 0xf4 ? 4 : 0;
}

/** `ignoreBOM`: a byte order mark is a character like any other here. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Characters that one sees or that join such; C1 controls, which are what damage that happened twice has. */
const plausible = /^[\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}\u0080-\u009f\p{Cf}]$/u;

function decode(bytes: number[]): string | undefined {
  try {
    const text = utf8.decode(Uint8Array.from(bytes));
    return plausible.test(text) ? text : undefined;
  } catch {
    return undefined;
  }
}

/** The sign for an unreadable character, half a sequence, and C1 controls, which no text has. */
const damage =
  /\ufffd|[\u00c2\u00c3\u00e2\u00f0](?:(?![\p{L} ])[\u0080-\u00bf\u0152-\u2122])+|[\u0080-\u009f]+/gu;

function scarsOf(line: string, number: number): Scar[] {
  return [...line.matchAll(damage)].map(({ 0: found, index }) => ({
    line: number,
    column: index + 1,
    found,
  }));
}
