import { type ContentSource, entriesOf, originOf } from '../../collections/content-source.ts';
import type { Place } from '../../errors/problem.ts';
import { pythonFences } from './fences.ts';
import { type PythonTree, parsePython } from './python-tree.ts';

/** Python that an author wrote, wherever it stands: a fence of a page, or a whole file. */
export interface PythonSource {
  tree: PythonTree;
  /** The place of an offset of `text` in the author's file. */
  place(from: number, to: number): Place;
}

/** What shares one namespace: all fences of a page, or one file. */
export interface PythonUnit {
  file: string;
  sources: PythonSource[];
  /** False for imported entries that nobody has checked: findings on names are warnings. */
  verified: boolean;
}

/** Several checks read the same Python: it is parsed once. */
const parsed = new WeakMap<ContentSource, PythonUnit[]>();

/** Every piece of Python in the content, by namespace. Fences marked `unchecked` are left out. */
export function pythonUnits(source: ContentSource): PythonUnit[] {
  const units = parsed.get(source) ?? parseUnits(source);
  parsed.set(source, units);
  return units;
}

function parseUnits(source: ContentSource): PythonUnit[] {
  const scripts = new Set<string>(source.scripts.map(({ file }) => file));
  const files = [
    ...source.scripts.map(({ file, body, data }) => ({ file, text: body, verified: data.verified })),
    ...source.supportModules.map(({ file, text }) => ({ file, text, verified: true })),
    ...source.distilled.map(({ file, text }) => ({ file, text, verified: true })),
  ];
  const pages = entriesOf(source)
    .filter(({ file }) => !scripts.has(file))
    .map(({ file, body, bodyLine, data }) => ({
      file,
      verified: data.verified,
      sources: pythonFences(body).map(({ text, line, indent }) =>
        at(file, text, line + bodyLine - 1, indent),
      ),
    }));
  const minimal = source.trainers.flatMap((trainer) => {
    if (!trainer.reference) return [];
    const { file, line, column } = originOf(source, trainer).locate(['reference', 'minimal']);
    // The text of a block scalar begins on the line below its key.
    return [{ file, verified: true, sources: [at(file, trainer.reference.minimal, line + 1, column + 1)] }];
  });
  return [
    ...minimal,
    ...files.map(({ file, text, verified }) => ({ file, verified, sources: [at(file, text, 1, 0)] })),
    ...pages,
  ];
}

function at(file: string, text: string, line: number, indent: number): PythonSource {
  return {
    tree: parsePython(text),
    place(from, to) {
      const before = text.slice(0, from).split('\n');
      const column = (before.at(-1)?.length ?? 0) + indent + 1;
      const firstLine = text.slice(from, to).split('\n')[0] ?? '';
      return { file, line: line + before.length - 1, column, length: Math.max(1, firstLine.length) };
    },
  };
}
