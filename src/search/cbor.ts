/** The part of CBOR (RFC 8949) that Pagefind writes: unsigned integers, text, arrays of known length. */
export type Cbor = number | string | Cbor[];

/** Decodes one item. Throws RangeError for a kind of item that Pagefind 1.5 does not write. */
export function decodeCbor(bytes: Uint8Array): Cbor {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const length = (small: number): number => {
    if (small < 24) return small;
    const size = [1, 2, 4][small - 24];
    if (size === undefined) throw new RangeError(`CBOR at byte ${at - 1}: expected a length, found ${small}`);
    at += size;
    if (size === 1) return view.getUint8(at - 1);
    return size === 2 ? view.getUint16(at - 2) : view.getUint32(at - 4);
  };
  const item = (): Cbor => {
    const head = view.getUint8(at);
    at += 1;
    const kind = head >> 5;
    if (kind !== 0 && kind !== 3 && kind !== 4) {
      throw new RangeError(`CBOR at byte ${at - 1}: expected an integer, text or array, found kind ${kind}`);
    }
    const value = length(head & 31);
    if (kind === 0) return value;
    if (kind === 4) return Array.from({ length: value }, item);
    at += value;
    return new TextDecoder().decode(bytes.subarray(at - value, at));
  };
  return item();
}

/** Encodes an item in the shortest form; the inverse of `decodeCbor`. */
export function encodeCbor(value: Cbor): Uint8Array {
  const parts: Uint8Array[] = [];
  const head = (kind: number, n: number) => {
    if (n < 24) return parts.push(Uint8Array.of((kind << 5) | n));
    const size = n < 2 ** 8 ? 1 : n < 2 ** 16 ? 2 : 4;
    const bytes = new Uint8Array(1 + size);
    bytes[0] = (kind << 5) | (24 + Math.log2(size));
    for (let i = 0; i < size; i++) bytes[size - i] = Math.floor(n / 256 ** i) % 256;
    return parts.push(bytes);
  };
  const item = (one: Cbor): void => {
    if (typeof one === 'number') head(0, one);
    else if (typeof one === 'string') {
      const text = new TextEncoder().encode(one);
      head(3, text.length);
      parts.push(text);
    } else {
      head(4, one.length);
      for (const each of one) item(each);
    }
  };
  item(value);
  return new Uint8Array(Buffer.concat(parts));
}
