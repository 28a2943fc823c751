import type { Bindings } from './bindings.ts';
import { itemsOf, type PythonText, type SyntaxNode, stringOf } from './python-text.ts';

/** A keyword argument that a call gets. */
export interface Keyword {
  name: string;
  /** Its name, without quotes. */
  from: number;
  to: number;
  value: SyntaxNode | undefined;
  /** Where it is written: a dictionary that is unpacked may stand in another piece. */
  source: PythonText;
}

/** Keyword arguments of an argument list, those of unpacked literal dictionaries included. */
export function keywordsOf(list: SyntaxNode, source: PythonText, bindings: Bindings): Keyword[] {
  return [...itemsOf(list)].flatMap(([name, operator, value]) => {
    if (name?.name === '**') return unpacked(operator, source, bindings);
    if (name?.name !== 'VariableName' || operator?.name !== 'AssignOp') return [];
    const { from, to } = name;
    return [{ name: source.text.slice(from, to), from, to, value, source }];
  });
}

/** `**{"beta": 0.1}`, `**dict(beta=0.1)`, `**settings`. */
function unpacked(node: SyntaxNode | undefined, source: PythonText, bindings: Bindings): Keyword[] {
  const meaning = bindings.value(node, source);
  if (meaning.kind !== 'dict') return [];
  const { node: dict, source: written } = meaning;
  if (dict.name === 'CallExpression') {
    const list = dict.getChild('ArgList');
    return list ? keywordsOf(list, written, bindings) : [];
  }
  return [...itemsOf(dict)].flatMap(([key, second, value]) => {
    if (key?.name === '**') return unpacked(second, written, bindings);
    const name = stringOf(key, written.text);
    if (!key || name === undefined || second?.name !== ':') return [];
    return [{ name, from: key.from + 1, to: key.to - 1, value, source: written }];
  });
}
