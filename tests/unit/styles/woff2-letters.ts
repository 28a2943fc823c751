import { brotliDecompressSync } from 'node:zlib';

/**
 * The code points that a woff2 file has glyphs for.
 *
 * @see https://www.w3.org/TR/WOFF2/ and the cmap table of OpenType
 */
export function lettersOf(file: Buffer): Set<number> {
  let at = 48;
  const base128 = () => {
    let value = 0;
    for (;;) {
      const byte = file.readUInt8(at++);
      value = value * 128 + (byte & 0x7f);
      if (byte < 0x80) return value;
    }
  };
  let offset = 0;
  let cmapAt = -1;
  for (let table = file.readUInt16BE(12); table > 0; table--) {
    const flags = file.readUInt8(at++);
    const [tag, version] = [flags & 63, flags >> 6];
    if (tag === 63) at += 4;
    let length = base128();
    // glyf (10) and loca (11) are transformed unless they say that they are not, all others only if they say so.
    if (tag === 10 || tag === 11 ? version === 0 : version !== 0) length = base128();
    if (tag === 0) cmapAt = offset;
    offset += length;
  }
  const cmap = brotliDecompressSync(file.subarray(at, at + file.readUInt32BE(20))).subarray(cmapAt);
  const letters = new Set<number>();
  for (let i = 0; i < cmap.readUInt16BE(2); i++) {
    const table = cmap.subarray(cmap.readUInt32BE(4 + 8 * i + 4));
    if (table.readUInt16BE(0) !== 4) continue;
    const segments = table.readUInt16BE(6) / 2;
    for (let segment = 0; segment < segments; segment++) {
      const end = table.readUInt16BE(14 + 2 * segment);
      const start = table.readUInt16BE(16 + 2 * segments + 2 * segment);
      for (let code = start; code <= end && code < 0xffff; code++) letters.add(code);
    }
  }
  return letters;
}
