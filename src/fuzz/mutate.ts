import type { Random } from './random.ts';
import { snippetsFor } from './snippets.ts';

interface Mutation {
  name: string;
  apply(bytes: Buffer, random: Random, path: string): Buffer;
}

const splice = (bytes: Buffer, at: number, removed: number, added: Buffer | string = '') =>
  Buffer.concat([bytes.subarray(0, at), Buffer.from(added), bytes.subarray(at + removed)]);

const span = (bytes: Buffer, random: Random) => {
  const at = random.below(bytes.length + 1);
  return { at, length: random.below(Math.min(bytes.length - at, random.pick([1, 8, 200])) + 1) };
};

const onLines = (bytes: Buffer, change: (lines: string[]) => void) => {
  const lines = bytes.toString('latin1').split('\n');
  change(lines);
  return Buffer.from(lines.join('\n'), 'latin1');
};

const mutations: readonly [Mutation, ...Mutation[]] = [
  {
    name: 'delete',
    apply(bytes, random) {
      const { at, length } = span(bytes, random);
      return splice(bytes, at, Math.max(1, length));
    },
  },
  {
    name: 'duplicate',
    apply(bytes, random) {
      const { at, length } = span(bytes, random);
      return splice(bytes, at, 0, bytes.subarray(at, at + length));
    },
  },
  {
    name: 'insert a byte',
    apply: (bytes, random) =>
      splice(bytes, random.below(bytes.length + 1), 0, Buffer.from([random.below(256)])),
  },
  {
    name: 'flip a bit',
    apply(bytes, random) {
      const changed = Buffer.from(bytes);
      const at = random.below(Math.max(1, bytes.length));
      changed[at] = (changed[at] ?? 0) ^ (1 << random.below(8));
      return changed;
    },
  },
  { name: 'truncate', apply: (bytes, random) => bytes.subarray(0, random.below(bytes.length + 1)) },
  {
    name: 'swap lines',
    apply: (bytes, random) =>
      onLines(bytes, (lines) => {
        const [a, b] = [random.below(lines.length), random.below(lines.length)];
        [lines[a], lines[b]] = [lines[b] ?? '', lines[a] ?? ''];
      }),
  },
  {
    name: 'delete a line',
    apply: (bytes, random) => onLines(bytes, (lines) => lines.splice(random.below(lines.length), 1)),
  },
  {
    name: 'repeat a line',
    apply: (bytes, random) =>
      onLines(bytes, (lines) => {
        const at = random.below(lines.length);
        lines.splice(at, 0, ...Array<string>(random.pick([1, 3, 200])).fill(lines[at] ?? ''));
      }),
  },
  {
    name: 'indent a line',
    apply: (bytes, random) =>
      onLines(bytes, (lines) => {
        const at = random.below(lines.length);
        lines[at] = random.pick([' ', '\t', '    ', '> ', '- ']) + (lines[at] ?? '');
      }),
  },
  {
    name: 'CRLF',
    apply: (bytes) => Buffer.from(bytes.toString('latin1').replaceAll('\n', '\r\n'), 'latin1'),
  },
  {
    name: 'put a snippet on a line of its own',
    apply: (bytes, random, path) =>
      onLines(bytes, (lines) => {
        const snippet = Buffer.from(random.pick(random.pick(snippetsFor(path)))).toString('latin1');
        lines.splice(random.below(lines.length + 1), 0, snippet);
      }),
  },
  {
    name: 'put a snippet between blank lines',
    apply: (bytes, random, path) =>
      onLines(bytes, (lines) => {
        const snippet = Buffer.from(random.pick(random.pick(snippetsFor(path)))).toString('latin1');
        lines.splice(random.below(lines.length + 1), 0, '', snippet, '');
      }),
  },
  {
    name: 'put a snippet anywhere',
    apply: (bytes, random, path) =>
      splice(bytes, random.below(bytes.length + 1), 0, random.pick(random.pick(snippetsFor(path)))),
  },
  {
    name: 'another value',
    apply(bytes, random, path) {
      const text = bytes.toString('latin1');
      const values = [...text.matchAll(/(?<=[:=]\s*)(?:"[^"\n]*"|\[[^\]\n]*\]|[^\s,][^\n,]*)/g)];
      const value = values[random.below(values.length)];
      if (!value) return bytes;
      const other = Buffer.from(random.pick(random.pick(snippetsFor(path)))).toString('latin1');
      const changed = text.slice(0, value.index) + other + text.slice(value.index + value[0].length);
      return Buffer.from(changed, 'latin1');
    },
  },
];

/** Breaks a file in one to three ways. Returns its new bytes and the names of what was done to it. */
export function mutate(path: string, original: Buffer, random: Random): { bytes: Buffer; done: string[] } {
  const done: string[] = [];
  let bytes = original;
  for (let left = random.pick([1, 1, 1, 2, 3]); left > 0; left--) {
    const mutation = random.pick(mutations);
    done.push(mutation.name);
    bytes = mutation.apply(bytes, random, path);
  }
  return { bytes, done };
}
