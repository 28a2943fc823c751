import { type ContentSource, entriesOf, originOf } from '../../collections/content-source.ts';
import { type Edit, editOf } from '../../errors/fix.ts';
import type { Place } from '../../errors/problem.ts';
import { type Remembered, remembered } from '../../kept/remembered.ts';
import { pythonFences } from './fences.ts';
import { type PythonTree, parsePython } from './python-tree.ts';

/** Python that an author wrote, wherever it stands: a fence of a page, or a whole file. */
export interface PythonSource {
  text: string;
  tree: PythonTree;
  /** The place of an offset of `text` in the author's file. */
  place(from: number, to: number): Place;
  /**
   * The change of the author's file that replaces a range of `text`; undefined where the file does not hold the
   * lines of `text` as they are (a folded or quoted YAML scalar), and where the Python does not parse: what its calls
   * are is then a guess.
   */
  edit(from: number, to: number, replacement: string): Edit | undefined;
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

/**
 * Every piece of Python in the content, by namespace. Fences marked `unchecked` are left out.
 *
 * @param trees those of earlier checks, by their text
 */
export function pythonUnits(
  source: ContentSource,
  trees: Remembered<PythonTree> = remembered(),
): PythonUnit[] {
  const units = parsed.get(source) ?? parseUnits(source, trees);
  parsed.set(source, units);
  return units;
}

function parseUnits(source: ContentSource, trees: Remembered<PythonTree>): PythonUnit[] {
  const at = (file: string, text: string, line: number, indent: number) =>
    pythonAt(
      file,
      text,
      line,
      indent,
      trees.recall(text, () => parsePython(text)),
      source.texts.get(file) ?? '',
    );
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
    const { file, line } = originOf(source, trainer).locate(['reference', 'minimal']);
    const text = trainer.reference.minimal;
    // The text of a block scalar begins on the line below its key, and every line of it is indented alike.
    const first = source.texts.get(file)?.split('\n')[line];
    const indent = marginOf(first, text.split('\n')[0] ?? '')?.length ?? 0;
    return [{ file, verified: true, sources: [at(file, text, line + 1, indent)] }];
  });
  return [
    ...minimal,
    ...files.map(({ file, text, verified }) => ({ file, verified, sources: [at(file, text, 1, 0)] })),
    ...pages,
  ];
}

function pythonAt(
  file: string,
  text: string,
  line: number,
  indent: number,
  tree: PythonTree,
  fileText: string,
): PythonSource {
  return {
    text,
    tree,
    place(from, to) {
      const before = text.slice(0, from).split('\n');
      const column = (before.at(-1)?.length ?? 0) + indent + 1;
      const firstLine = text.slice(from, to).split('\n')[0] ?? '';
      return { file, line: line + before.length - 1, column, length: Math.max(1, firstLine.length) };
    },
    edit: (from, to, replacement) =>
      tree.error ? undefined : editInFile(fileText, line, text, editOf(text, from, to, replacement)),
  };
}

/** An edit of indented code as one of its file: each line's own indentation is kept, new lines get the first one's. */
function editInFile(fileText: string, firstLine: number, text: string, edit: Edit): Edit | undefined {
  const inFile = fileText.split('\n').slice(firstLine - 1);
  const margins = text.split('\n').map((line, index) => marginOf(inFile[index], line));
  const first = margins[edit.line - 1];
  const last = margins[edit.endLine - 1];
  const between = margins.slice(edit.line, edit.endLine);
  if (first === undefined || last === undefined || between.includes(undefined)) return undefined;
  const old = edit.old.split('\n').map((line, index) => (index === 0 ? '' : between[index - 1]) + line);
  const replacement = edit.replacement
    .split('\n')
    .map((line, index) => (index === 0 || line === '' ? line : first + line));
  return {
    line: edit.line + firstLine - 1,
    column: edit.column + first.length,
    endLine: edit.endLine + firstLine - 1,
    endColumn: edit.endColumn + last.length,
    old: old.join('\n'),
    replacement: replacement.join('\n'),
  };
}

/** The white space that the file has before a line of the code; undefined when it holds something else. */
function marginOf(fileLine: string | undefined, line: string): string | undefined {
  if (fileLine === undefined || !fileLine.endsWith(line)) return undefined;
  const margin = fileLine.slice(0, fileLine.length - line.length);
  return margin.trim() === '' ? margin : undefined;
}
