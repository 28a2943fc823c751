import { itemsOf, type PythonText, pathOf, type SyntaxNode } from './python-text.ts';
import type { ClassName } from './uses.ts';

/** What a name of the page stands for. */
export type Meaning =
  | { kind: 'class'; of: ClassName }
  | { kind: 'instance'; of: ClassName }
  | { kind: 'module'; path: string }
  | { kind: 'dict'; source: PythonText; node: SyntaxNode }
  | { kind: 'parser'; classes: (ClassName | undefined)[] }
  | { kind: 'other' };

/** A name that the text binds, and the stretch of text in which that holds. */
export interface Binding {
  meaning: Meaning;
  source: PythonText;
  /** Where it is bound; it holds from there on. */
  at: number;
  /** The function that it is local to. */
  scope: SyntaxNode | undefined;
}

/** Names that an older release, or this one, exports as classes: what a fragment without imports means by them. */
export type KnownClass = (name: string) => boolean;

/**
 * Reads names off code from top to bottom, all pieces of a page in one namespace: imports, assignments,
 * definitions, parameters.
 */
export class Bindings {
  readonly #all = new Map<string, Binding[]>();
  readonly #known: KnownClass;

  constructor(known: KnownClass) {
    this.#known = known;
  }

  add(name: string, meaning: Meaning, source: PythonText, at: number, scope: SyntaxNode | undefined): void {
    const same = this.#all.get(name) ?? [];
    same.push({ meaning, source, at, scope });
    this.#all.set(name, same);
  }

  /** What a dotted name means where it stands: the innermost function's binding first, then the nearest before. */
  meaning(path: string, source: PythonText, at: number): Meaning {
    const fitting = (this.#all.get(path) ?? []).filter(({ source: of, at: from, scope }) => {
      if (scope) return of === source && scope.from <= at && at < scope.to && from <= at;
      return of !== source || from <= at || insideFunction(source.top, at);
    });
    const innermost = fitting.reduce((size, { scope }) => Math.min(size, width(scope)), Infinity);
    const found = fitting.filter(({ scope }) => width(scope) === innermost).at(-1);
    if (found) return found.meaning;
    const dot = path.lastIndexOf('.');
    if (dot > 0) return this.#member(path.slice(0, dot), path.slice(dot + 1), source, at);
    return this.#known(path) ? { kind: 'class', of: classNamed(path) } : { kind: 'other' };
  }

  #member(owner: string, member: string, source: PythonText, at: number): Meaning {
    const of = this.meaning(owner, source, at);
    if (of.kind === 'module') {
      if (/^[A-Z]/.test(member)) return { kind: 'class', of: classNamed(member, of.path) };
      return { kind: 'module', path: `${of.path}.${member}` };
    }
    if (of.kind === 'instance' && member === 'args' && of.of.name.endsWith('Trainer')) {
      return { kind: 'instance', of: classNamed(of.of.name.replace(/Trainer$/, 'Config')) };
    }
    return { kind: 'other' };
  }

  /** What an expression evaluates to, as far as it can be read. */
  value(node: SyntaxNode | null | undefined, source: PythonText): Meaning {
    if (!node) return { kind: 'other' };
    const path = pathOf(node, source.text);
    if (path !== undefined) return this.meaning(path, source, node.from);
    if (node.name === 'DictionaryExpression') return { kind: 'dict', source, node };
    if (node.name !== 'CallExpression') return { kind: 'other' };
    const callee = pathOf(node.firstChild, source.text);
    if (callee === undefined) return { kind: 'other' };
    if (callee === 'dict') return { kind: 'dict', source, node };
    const last = callee.slice(callee.lastIndexOf('.') + 1);
    if (last === 'HfArgumentParser' || last === 'TrlParser') {
      return { kind: 'parser', classes: this.#parsed(node, source) };
    }
    const called = this.meaning(callee, source, node.from);
    if (called.kind === 'class') return { kind: 'instance', of: called.of };
    if (last === 'from_pretrained') {
      const of = this.meaning(callee.slice(0, -'.from_pretrained'.length), source, node.from);
      if (of.kind === 'class') return { kind: 'instance', of: of.of };
    }
    return { kind: 'other' };
  }

  #parsed(call: SyntaxNode, source: PythonText): (ClassName | undefined)[] {
    const list = call.getChild('ArgList');
    const first = list ? [...itemsOf(list)][0]?.at(-1) : undefined;
    if (!first) return [];
    const nodes = /^(Tuple|Array)Expression$/.test(first.name)
      ? [...itemsOf(first)].map((item) => item[0])
      : [first];
    return nodes.map((node) => {
      const meaning = this.value(node, source);
      return meaning.kind === 'class' ? meaning.of : undefined;
    });
  }
}

export function classNamed(name: string, module?: string): ClassName {
  return { name, module, own: [], ownInit: false };
}

function width(scope: SyntaxNode | undefined): number {
  return scope ? scope.to - scope.from : Number.MAX_SAFE_INTEGER;
}

function insideFunction(top: SyntaxNode, at: number): boolean {
  for (let node: SyntaxNode | null = top.resolveInner(at, 1); node; node = node.parent) {
    if (node.name === 'FunctionDefinition' || node.name === 'LambdaExpression') return true;
  }
  return false;
}
