import { visit } from 'unist-util-visit';
import { VFile } from 'vfile';
import { type ContentSource, entriesOf } from '../../collections/content-source.ts';
import type { Place } from '../../errors/problem.ts';
import { parse } from '../../markdown/parse.ts';
import { pythonUnits } from '../content/python-source.ts';

/** A place at which content names something of TRL. */
export interface Mention {
  symbol: string;
  place: Place;
  /** Names several modules define are meant as the page's trainer has them. */
  near: string | undefined;
  /** The package of an import. */
  from?: string;
  /** Of a call: the arguments that it passes, and whether `**` may pass others. */
  passes?: { keywords: string[]; unpacks: boolean };
}

/** Width of the `# ` before each line of a Markdown cell. */
const commentWidth = 2;

/** Every inline code, import and call of pages, scripts, distilled files and the registry, in no particular order. */
export function mentionsOf(source: ContentSource): Mention[] {
  return [...inProse(source), ...inPython(source)];
}

function inProse(source: ContentSource): Mention[] {
  const classOf = new Map(source.trainers.map((trainer) => [trainer.slug, trainer.class]));
  const pages = [...source.annotated, ...source.guides].map(({ file, body, bodyLine, data }) => ({
    file,
    kind: file.endsWith('.mdx') ? ('mdx' as const) : ('md' as const),
    near: classOf.get(data.trainers[0] ?? ''),
    texts: [{ text: body, line: bodyLine, indent: 0 }],
  }));
  const scripts = source.scripts.map(({ file, cells, data }) => ({
    file,
    kind: 'md' as const,
    near: classOf.get(data.trainers[0] ?? ''),
    texts: cells
      .filter(({ kind }) => kind === 'markdown')
      .map(({ text, line }) => ({ text, line, indent: commentWidth })),
  }));
  return [...pages, ...scripts].flatMap(({ file, kind, near, texts }) =>
    texts.flatMap(({ text, line, indent }) =>
      inlineCode(text, kind).map(({ value, start }) => ({
        symbol: value,
        near,
        place: {
          file,
          line: start.line + line - 1,
          column: start.column + indent,
          length: value.length + 2,
        },
      })),
    ),
  );
}

function inlineCode(text: string, kind: 'md' | 'mdx') {
  const found: { value: string; start: { line: number; column: number } }[] = [];
  visit(parse(new VFile(text), kind), 'inlineCode', ({ value, position }) => {
    if (position) found.push({ value, start: position.start });
  });
  return found;
}

function inPython(source: ContentSource): Mention[] {
  const near = new Map(
    entriesOf(source).map(({ file, data }) => [
      file,
      source.trainers.find(({ slug }) => slug === data.trainers[0])?.class,
    ]),
  );
  return pythonUnits(source).flatMap(({ file, sources }) =>
    sources.flatMap(({ tree, place }) => [
      ...tree.imports
        .filter(({ module }) => /^trl(\.|$)/.test(module))
        .map(({ name, module, from, to }) => ({
          symbol: name,
          near: near.get(file),
          from: module,
          place: place(from, to),
        })),
      ...tree.calls.map(({ name, keywords, unpacks, from, to }) => ({
        symbol: name,
        near: near.get(file),
        passes: { keywords: keywords.map((each) => each.name), unpacks },
        place: place(from, to),
      })),
    ]),
  );
}
