import type { Place } from '../../errors/problem.ts';
import { bindAssignment, bindOther } from './assignments.ts';
import { Bindings, classNamed, type KnownClass, type Meaning } from './bindings.ts';
import { importedNames } from './import-statement.ts';
import { keywordsOf } from './keywords.ts';
import { itemsOf, type PythonText, pathOf, type SyntaxNode, stringOf } from './python-text.ts';
import type { ClassName, TrlUse } from './uses.ts';

type Scope = SyntaxNode | undefined;

/**
 * Reads what code takes from TRL: imports under any alias, calls with their keyword arguments, settings in
 * dictionaries that are unpacked into a config, attributes of configs and trainers, base classes, annotations.
 *
 * @param texts all Python of one page, or one script: they share a namespace
 * @param known whether a name without an import is a class of TRL
 */
export function pythonUses(texts: readonly PythonText[], known: KnownClass): TrlUse[] {
  const reader = new Reader(known);
  for (const text of texts) reader.read(text);
  const seen = new Set<string>();
  return reader.uses.filter((use) => {
    const key = `${use.kind} ${use.line} ${use.column} ${'of' in use ? use.of.name : ''}`;
    return !seen.has(key) && seen.add(key);
  });
}

class Reader {
  readonly uses: TrlUse[] = [];
  readonly #bindings: Bindings;

  constructor(known: KnownClass) {
    this.#bindings = new Bindings(known);
  }

  read(source: PythonText): void {
    this.#visit(source.top, source, undefined, undefined);
  }

  #visit(node: SyntaxNode, source: PythonText, scope: Scope, self: ClassName | undefined): void {
    let [inner, of] = [scope, self];
    if (node.name === 'ImportStatement') {
      this.#import(node, source, scope);
      return;
    }
    if (node.name === 'FunctionDefinition') {
      const name = node.getChild('VariableName');
      if (name) this.#bind(name, { kind: 'other' }, source, node.from, scope);
      inner = node;
      this.#parameters(node, source, self);
    }
    if (node.name === 'ClassDefinition') of = this.#class(node, source, scope);
    const before = this.uses.length;
    for (let child = node.firstChild; child; child = child.nextSibling) {
      this.#visit(child, source, inner, of);
      // What stands between `try` and `except` may fail: the author says so.
      if (node.name === 'TryStatement' && child.name === 'except') this.uses.length = before;
    }
    if (node.name === 'CallExpression') this.#call(node, source, self);
    if (node.name === 'MemberExpression') this.#attribute(node, source);
    if (node.name === 'AssignStatement') {
      const annotated = this.#annotation(node.getChild('TypeDef') ?? undefined, source);
      bindAssignment(node, annotated && { kind: 'instance', of: annotated }, source, scope, this.#bindings);
    }
    if (/^(For|With)Statement$|ComprehensionExpression$|^NamedExpression$|^TryStatement$/.test(node.name)) {
      bindOther(node, source, scope, this.#bindings);
    }
  }

  #bind(name: SyntaxNode, meaning: Meaning, source: PythonText, at: number, scope: Scope): void {
    this.#bindings.add(source.text.slice(name.from, name.to), meaning, source, at, scope);
  }

  #import(node: SyntaxNode, source: PythonText, scope: Scope): void {
    const isTrl = (path: string) => /^trl(\.|$)/.test(path);
    for (const { module, path, local, aliased, from, to } of importedNames(node, source)) {
      const place = source.place(from, to);
      let meaning: Meaning = { kind: 'other' };
      let name = aliased ? local : (local.split('.')[0] ?? local);
      if (module === undefined && isTrl(path)) {
        if (path !== 'trl') this.uses.push({ kind: 'module', module: path, ...place });
        meaning = { kind: 'module', path: aliased ? path : 'trl' };
      } else if (module !== undefined && isTrl(module)) {
        name = local;
        if (path === '*') this.uses.push({ kind: 'module', module, ...place });
        else this.uses.push({ kind: 'import', module, name: path, ...place });
        meaning = /^_?[A-Z]/.test(path)
          ? { kind: 'class', of: classNamed(path, module) }
          : { kind: 'module', path: `${module}.${path}` };
      }
      if (path !== '*') this.#bindings.add(name, meaning, source, node.from, scope);
    }
  }

  /** Parameters hide names of the page; an annotation says what they are. */
  #parameters(node: SyntaxNode, source: PythonText, self: ClassName | undefined): void {
    const list = node.getChild('ParamList');
    for (const [index, item] of list ? [...itemsOf(list)].entries() : []) {
      const name = item.find((each) => each.name === 'VariableName');
      if (!name) continue;
      const annotated = this.#annotation(
        item.find((each) => each.name === 'TypeDef'),
        source,
      );
      const isSelf = index === 0 && source.text.slice(name.from, name.to) === 'self';
      const of = annotated ?? (isSelf ? self : undefined);
      this.#bind(name, of ? { kind: 'instance', of } : { kind: 'other' }, source, node.from, node);
    }
    this.#annotation(node.getChild('TypeDef') ?? undefined, source);
  }

  /** The class of an annotation, also quoted or `X | None`; it counts as used. */
  #annotation(type: SyntaxNode | undefined, source: PythonText): ClassName | undefined {
    const written = type ? source.text.slice(type.from, type.to) : '';
    const match = /[A-Za-z_][\w.]*(?:Config|Trainer)\b/.exec(written);
    if (!type || !match) return undefined;
    const from = type.from + match.index;
    const meaning = this.#bindings.meaning(match[0], source, from);
    if (meaning.kind !== 'class') return undefined;
    this.#classUse(meaning.of, source.place(from, from + match[0].length));
    return /^(:|->)\s*["']?[\w.]+["']?(\s*\|\s*None)?$/.test(written.trim()) ? meaning.of : undefined;
  }

  #class(node: SyntaxNode, source: PythonText, scope: Scope): ClassName | undefined {
    const name = node.getChild('VariableName');
    const list = node.getChild('ArgList');
    let base: ClassName | undefined;
    for (const [item] of list ? itemsOf(list) : []) {
      const meaning = this.#bindings.value(item, source);
      if (meaning.kind !== 'class' || !item) continue;
      this.#classUse(meaning.of, source.place(item.from, item.to));
      base ??= meaning.of;
    }
    const own = membersOf(node.getChild('Body'), source);
    const of = base && {
      ...base,
      own: [...base.own, ...own],
      ownInit: base.ownInit || own.includes('__init__'),
    };
    if (name) this.#bind(name, of ? { kind: 'class', of } : { kind: 'other' }, source, node.from, scope);
    return of;
  }

  /** What is imported, or reached through a module, is judged there. */
  #classUse({ name, module }: ClassName, place: Place): void {
    if (module === undefined) this.uses.push({ kind: 'class', name, ...place });
  }

  #call(node: SyntaxNode, source: PythonText, self: ClassName | undefined): void {
    const list = node.getChild('ArgList');
    const callee = node.firstChild;
    if (!list || !callee) return;
    const called = source.text.slice(callee.from, callee.to);
    if (/^super\(.*\)\.__init__$/.test(called)) {
      if (self) this.#arguments(list, { ...self, ownInit: false }, source);
      return;
    }
    const path = pathOf(callee, source.text);
    if (path === undefined) return;
    const meaning = this.#bindings.meaning(path, source, callee.from);
    const [first] = [...itemsOf(list)][0]?.slice(-1) ?? [];
    if (meaning.kind === 'class') {
      this.#classUse(meaning.of, source.place(callee.from, callee.to));
      if (!meaning.of.ownInit) this.#arguments(list, meaning.of, source);
    } else if (meaning.kind === 'module' && /^trl\./.test(meaning.path)) {
      const name = meaning.path.slice(meaning.path.lastIndexOf('.') + 1);
      this.#arguments(list, classNamed(name, meaning.path.slice(0, -name.length - 1)), source);
    } else if (/(^|\.)(replace|partial)$/.test(path)) {
      const of = this.#bindings.value(first, source);
      if (of.kind === 'instance' || of.kind === 'class') this.#arguments(list, of.of, source);
    }
    if (first && this.#bindings.value(node, source).kind === 'parser') this.#parsed(first, source);
  }

  /** The classes that a parser of arguments is given. */
  #parsed(first: SyntaxNode, source: PythonText): void {
    const several = /^(Tuple|Array)Expression$/.test(first.name);
    for (const [item] of several ? itemsOf(first) : [[first]]) {
      const meaning = this.#bindings.value(item, source);
      if (item && meaning.kind === 'class') this.#classUse(meaning.of, source.place(item.from, item.to));
    }
  }

  #arguments(list: SyntaxNode, of: ClassName, source: PythonText): void {
    for (const { name, from, to, value, source: written } of keywordsOf(list, source, this.#bindings)) {
      if (of.own.includes(name)) continue;
      this.uses.push({
        kind: 'argument',
        of,
        name,
        value: stringOf(value, written.text),
        valuePlace: value && written.place(value.from, value.to),
        ...written.place(from, to),
      });
    }
  }

  #attribute(node: SyntaxNode, source: PythonText): void {
    const owner = pathOf(node.firstChild, source.text);
    const member = node.lastChild;
    if (owner === undefined || member?.name !== 'PropertyName') return;
    const of = this.#bindings.meaning(owner, source, node.from);
    const name = source.text.slice(member.from, member.to);
    const place = source.place(member.from, member.to);
    if ((of.kind === 'instance' || of.kind === 'class') && !of.of.own.includes(name)) {
      this.uses.push({ kind: 'member', of: of.of, name, ...place });
    } else if (of.kind === 'module' && /^trl(\.|$)/.test(of.path)) {
      this.uses.push({ kind: 'attribute', module: of.path, name, ...place });
    }
  }
}

/** Fields and methods that the body of a class declares. */
function membersOf(body: SyntaxNode | null, { text }: PythonText): string[] {
  const names: string[] = [];
  for (let child = body?.firstChild ?? null; child; child = child.nextSibling) {
    const inner = child.name === 'DecoratedStatement' ? child.getChild('FunctionDefinition') : child;
    if (inner?.name !== 'AssignStatement' && inner?.name !== 'FunctionDefinition') continue;
    const member = inner.getChild('VariableName');
    if (member) names.push(text.slice(member.from, member.to));
  }
  return names;
}
