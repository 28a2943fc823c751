import type { PythonText, SyntaxNode } from './python-text.ts';

/** One name of an import statement: `c as d` of `from a.b import c as d`, or `a.b` of `import a.b`. */
export interface ImportedName {
  /** `a.b` of `from a.b import c`; undefined for `import a.b`. */
  module: string | undefined;
  path: string;
  /** The name that it binds. */
  local: string;
  aliased: boolean;
  from: number;
  to: number;
}

interface Word {
  text: string;
  from: number;
  to: number;
}

/** The names of an import statement, in order. */
export function importedNames(node: SyntaxNode, { text }: PythonText): ImportedName[] {
  const words: Word[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name === 'Comment' || '()'.includes(child.name)) continue;
    words.push({ text: text.slice(child.from, child.to), from: child.from, to: child.to });
  }
  const split = words.findIndex((word) => word.text === 'import');
  const module = words[0]?.text === 'from' ? joined(words.slice(1, split)) : undefined;
  const items: Word[][] = [[]];
  for (const word of words.slice(split + 1)) {
    if (word.text === ',') items.push([]);
    else items.at(-1)?.push(word);
  }
  return items.flatMap((item) => {
    const as = item.findIndex((word) => word.text === 'as');
    const named = as < 0 ? item : item.slice(0, as);
    const [first, last] = [named[0], named.at(-1)];
    if (!first || !last) return [];
    const path = joined(named);
    const alias = as < 0 ? undefined : item[as + 1]?.text;
    const { from } = first;
    return [{ module, path, local: alias ?? path, aliased: alias !== undefined, from, to: last.to }];
  });
}

function joined(words: readonly Word[]): string {
  return words.map(({ text }) => text).join('');
}
