import { parseTree, type PythonNode as SyntaxNode } from './python-grammar.ts';
import { indentError } from './python-indent.ts';

/** A range of a Python text, by offsets. */
export interface Span {
  from: number;
  to: number;
}

/** A name as it stands in a Python text. */
export interface PythonName extends Span {
  name: string;
}

/** A call of a class or function by name: `trl.DPOConfig(beta=0.1)` has the name `DPOConfig`. */
export interface PythonCall extends PythonName {
  keywords: PythonKeyword[];
  /** `**settings` may pass more keywords than one reads. */
  unpacks: boolean;
  /** What stands between the parentheses. */
  argsFrom: number;
  argsTo: number;
}

/** A keyword argument of a call; its span is that of the name. */
export interface PythonKeyword extends PythonName {
  valueFrom: number;
  valueTo: number;
  /** The value, where that is itself a call. */
  call: PythonCall | undefined;
}

/** A name taken from a module: `from trl import DPOConfig`. */
export interface PythonImport extends PythonName {
  module: string;
  statement: PythonImportStatement;
}

/** `from module import (a as b, c)`, with the places of its parts. */
export interface PythonImportStatement extends Span {
  module: Span;
  /** What stands between the parentheses; undefined without them. */
  parentheses: Span | undefined;
  /** In order; the span takes in the alias. */
  items: PythonName[];
}

/** What the checks read off a Python text. */
export interface PythonTree {
  /** The first syntax error, with what is wrong when that is known. */
  error: (Span & { message: string }) | undefined;
  calls: PythonCall[];
  imports: PythonImport[];
  /** Names that the text itself binds: classes, functions, assignments. */
  bound: string[];
}

/** Parses Python. The tree is made even of broken text, as far as it can be read. */
export function parsePython(text: string): PythonTree {
  const tree: PythonTree = { error: undefined, calls: [], imports: [], bound: [] };
  let indent: PythonTree['error'];
  parseTree(text).iterate({
    enter(ref) {
      const node = ref.node;
      if (!tree.error) tree.error = syntaxError(node, text);
      indent ??= indentError(node, text);
      if (ref.name === 'CallExpression') tree.calls.push(...callOf(node, text));
      if (ref.name === 'ImportStatement') tree.imports.push(...importsOf(node, text));
      if (
        ref.name === 'ClassDefinition' ||
        ref.name === 'FunctionDefinition' ||
        ref.name === 'AssignStatement'
      ) {
        const name = node.getChild('VariableName');
        if (name) tree.bound.push(text.slice(name.from, name.to));
      }
    },
  });
  // Behind a syntax error, the grammar misreads the blocks.
  tree.error ??= indent;
  return tree;
}

/**
 * A syntax error at this node. The grammar does not know three forms of valid Python (a bare `yield`,
 * `with (a as b, …):`, a starred target of a comprehension), and `parseTree` cannot write them otherwise: what it
 * says there is passed over, and the run of the code tells. It does accept two invalid ones, which are added here.
 */
function syntaxError(node: SyntaxNode, text: string): (Span & { message: string }) | undefined {
  if (node.type.isError) {
    if (isUnknownForm(node, text)) return undefined;
    const { parent } = node;
    if (parent?.name === 'FormatString') {
      return { from: parent.from, to: parent.to, message: 'the string has no closing quote' };
    }
    const open = parent?.firstChild;
    const bracket = open && text.slice(open.from, open.to);
    if (open && bracket && '([{'.includes(bracket) && parent?.lastChild?.type.isError) {
      return { from: open.from, to: open.to, message: `\`${bracket}\` is never closed` };
    }
    const to = Math.max(node.to, Math.min(node.from + 1, text.length));
    const found = text.slice(node.from, to).trim();
    const message = found === '' ? 'something is missing here' : `\`${found}\` is not expected here`;
    return { from: node.from, to, message };
  }
  if (node.name === 'PrintStatement') {
    return { from: node.from, to: node.to, message: 'print is a function: it needs parentheses' };
  }
  if (node.name === 'String') {
    const literal = text.slice(node.from, node.to);
    const quote = /^[a-zA-Z]*("""|'''|"|')/.exec(literal)?.[1];
    if (quote && (!literal.endsWith(quote) || literal.length < literal.indexOf(quote) + 2 * quote.length)) {
      return { from: node.from, to: node.to, message: 'the string has no closing quote' };
    }
  }
  return undefined;
}

function isUnknownForm(error: SyntaxNode, text: string): boolean {
  // In long files the grammar puts an empty error behind a comment of the top level.
  const isEmpty = text.slice(error.from, error.to).trim() === '';
  if (isEmpty && error.parent?.name === 'Script' && error.prevSibling?.name === 'Comment') return true;
  for (let node = error.parent; node; node = node.parent) {
    if (node.name === 'YieldStatement' || node.name === 'WithStatement') return true;
    if (node.name.endsWith('ComprehensionExpression')) return true;
    if (node.name === 'Body' || node.name === 'Script') return false;
  }
  return false;
}

function callOf(node: SyntaxNode, text: string): PythonCall[] {
  const callee = node.firstChild;
  const name = callee?.name === 'MemberExpression' ? callee.lastChild : callee;
  const list = node.getChild('ArgList');
  if (!list || (name?.name !== 'VariableName' && name?.name !== 'PropertyName')) return [];
  const keywords = list
    .getChildren('VariableName')
    .filter((argument) => argument.nextSibling?.name === 'AssignOp')
    .map((argument) => {
      const value = argument.nextSibling?.nextSibling;
      return {
        ...nameOf(argument, text),
        valueFrom: value?.from ?? argument.to,
        valueTo: value?.to ?? argument.to,
        call: value?.name === 'CallExpression' ? callOf(value, text)[0] : undefined,
      };
    });
  const unpacks = list.getChild('**') !== null;
  return [{ ...nameOf(name, text), keywords, unpacks, argsFrom: list.from + 1, argsTo: list.to - 1 }];
}

/** `from a.b import c as d, e`: c and e of a.b. A plain `import a` binds no class. */
function importsOf(node: SyntaxNode, text: string): PythonImport[] {
  const keyword = node.getChild('import');
  const from = node.getChild('from');
  if (!from || !keyword) return [];
  const module = text.slice(from.to + 1, keyword.from).trim();
  const moduleFrom = text.indexOf(module, from.to);
  const names = node
    .getChildren('VariableName')
    .filter((name) => name.from > keyword.to && name.prevSibling?.name !== 'as');
  const [open, close] = [node.getChild('('), node.getChild(')')];
  const statement: PythonImportStatement = {
    from: node.from,
    to: node.to,
    module: { from: moduleFrom, to: moduleFrom + module.length },
    parentheses: open && close ? { from: open.to, to: close.from } : undefined,
    items: names.map((name) => {
      const alias = name.nextSibling?.name === 'as' ? name.nextSibling.nextSibling : undefined;
      return { ...nameOf(name, text), to: alias?.to ?? name.to };
    }),
  };
  return names.map((name) => ({ ...nameOf(name, text), module, statement }));
}

function nameOf(node: SyntaxNode, text: string): PythonName {
  return { name: text.slice(node.from, node.to), from: node.from, to: node.to };
}
