import { type PythonNode, parseTree } from '../../checks/content/python-grammar.ts';
import type { Place } from '../../errors/problem.ts';

export type SyntaxNode = PythonNode;

/** A piece of Python of an imported file: a script, a fence, an example in a docstring. */
export interface PythonText {
  text: string;
  top: SyntaxNode;
  /** The place of a range of `text` in the imported file. */
  place(from: number, to: number): Place;
}

/**
 * Parses a piece of Python.
 *
 * @param line line of the file where `text` starts, from 1
 * @param indents columns of the file before each line of `text`; one number for all lines
 */
export function pythonText(
  file: string,
  text: string,
  line: number,
  indents: number | readonly number[],
): PythonText {
  return {
    text,
    top: parseTree(text).topNode,
    place(from, to) {
      const before = text.slice(0, from).split('\n');
      const indent = typeof indents === 'number' ? indents : (indents[before.length - 1] ?? 0);
      const length = Math.max(1, (text.slice(from, to).split('\n')[0] ?? '').length);
      return {
        file,
        line: line + before.length - 1,
        column: (before.at(-1)?.length ?? 0) + indent + 1,
        length,
      };
    },
  };
}

/** The nodes between the brackets of an argument list, a tuple, a list, split at commas. */
export function* itemsOf(list: SyntaxNode): Generator<SyntaxNode[]> {
  let item: SyntaxNode[] = [];
  for (let node = list.firstChild; node; node = node.nextSibling) {
    if ('()[]{}'.includes(node.name)) continue;
    if (node.name === ',') {
      if (item.length > 0) yield item;
      item = [];
    } else if (node.name !== 'Comment') item.push(node);
  }
  if (item.length > 0) yield item;
}

/** The text of a plain string literal; undefined for any other node. */
export function stringOf(node: SyntaxNode | undefined | null, text: string): string | undefined {
  if (node?.name !== 'String') return undefined;
  const literal = text.slice(node.from, node.to);
  return /^[rRuU]?("""|'''|"|')([\s\S]*)\1$/.exec(literal)?.[2];
}

/** A dotted name: `training_args`, `self.args`, `trl.DPOConfig`. */
export function pathOf(node: SyntaxNode | null | undefined, text: string): string | undefined {
  if (node?.name === 'VariableName') return text.slice(node.from, node.to);
  if (node?.name !== 'MemberExpression') return undefined;
  const member = node.lastChild;
  const owner = pathOf(node.firstChild, text);
  if (member?.name !== 'PropertyName' || owner === undefined) return undefined;
  return `${owner}.${text.slice(member.from, member.to)}`;
}
