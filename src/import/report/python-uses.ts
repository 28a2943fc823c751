import { Bindings, classNamed, type KnownClass, type Meaning } from './bindings.ts';
import { itemsOf, pathOf, type PythonText, type SyntaxNode, stringOf } from './python-text.ts';
import type { ClassName, Literal, TrlUse } from './uses.ts';

/** What the pieces of a page name of TRL, in order, and what names mean at the end of it. */
export interface PythonUses {
  uses: TrlUse[];
  bindings: Bindings;
}

/**
 * Reads what code takes from TRL: imports under any alias, calls with their keyword arguments, settings in
 * dictionaries that are unpacked into a config, attributes of configs and trainers, base classes, annotations.
 *
 * @param texts all Python of one page, or one script: they share a namespace
 * @param known whether a name without an import is a class of TRL
 */
export function pythonUses(texts: readonly PythonText[], known: KnownClass): PythonUses {
  const reader = new Reader(known);
  for (const text of texts) reader.read(text);
  return { uses: reader.uses, bindings: reader.bindings };
}

class Reader {
  readonly uses: TrlUse[] = [];
  readonly bindings: Bindings;

  constructor(known: KnownClass) {
    this.bindings = new Bindings(known);
  }

  read(source: PythonText): void {
    this.#visit(source.top, source, undefined, undefined);
  }

  #visit(node: SyntaxNode, source: PythonText, scope: SyntaxNode | undefined, self: ClassName | undefined): void {
    let [inner, of] = [scope, self];
    if (node.name === 'ImportStatement') return this.#import(node, source, scope);
    if (node.name === 'FunctionDefinition') {
      const name = node.getChild('VariableName');
      if (name) this.bindings.add(source.text.slice(name.from, name.to), { kind: 'other' }, source, node.from, scope);
      inner = node;
      this.#parameters(node, source, self);
    }
    if (node.name === 'ClassDefinition') {
      of = this.#class(node, source, scope);
    }
    for (let child = node.firstChild; child; child = child.nextSibling) this.#visit(child, source, inner, of);
    if (node.name === 'CallExpression') this.#call(node, source, self);
    if (node.name === 'MemberExpression') this.#attribute(node, source);
    if (node.name === 'AssignStatement') this.#assign(node, source, scope);
    if (/^(For|With)Statement$|ComprehensionExpression$|^NamedExpression$|^TryStatement$/.test(node.name)) {
      this.#other(node, source, scope);
    }
  }

  #import(node: SyntaxNode, source: PythonText, scope: SyntaxNode | undefined): void {
    const words: { text: string; from: number; to: number }[] = [];
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (child.name !== 'Comment' && !'()'.includes(child.name)) {
        words.push({ text: source.text.slice(child.from, child.to), from: child.from, to: child.to });
      }
    }
    const split = words.findIndex(({ text }) => text === 'import');
    const module = words[0]?.text === 'from' ? words.slice(1, split).map(({ text }) => text).join('') : undefined;
    const items: (typeof words)[] = [[]];
    for (const word of words.slice(split + 1)) {
      if (word.text === ',') items.push([]);
      else items.at(-1)?.push(word);
    }
    const isTrl = (path: string) => path === 'trl' || path.startsWith('trl.');
    for (const item of items.filter(({ length }) => length > 0)) {
      const as = item.findIndex(({ text }) => text === 'as');
      const named = as < 0 ? item : item.slice(0, as);
      const path = named.map(({ text }) => text).join('');
      const [from, to] = [named[0]?.from ?? node.from, named.at(-1)?.to ?? node.to];
      const local = as < 0 ? path : (item[as + 1]?.text ?? path);
      if (module !== undefined) {
        const trl = isTrl(module);
        if (trl && path !== '*') {
          this.uses.push({ kind: 'import', module, name: path, ...source.place(from, to) });
        }
        const meaning: Meaning = !trl
          ? { kind: 'other' }
          : /^_?[A-Z]/.test(path)
            ? { kind: 'class', of: classNamed(path, module) }
            : { kind: 'module', path: `${module}.${path}` };
        this.bindings.add(local, meaning, source, node.from, scope);
      } else if (isTrl(path)) {
        if (path !== 'trl') this.uses.push({ kind: 'module', module: path, ...source.place(from, to) });
        const whole = as < 0;
        this.bindings.add(whole ? 'trl' : local, { kind: 'module', path: whole ? 'trl' : path }, source, node.from, scope);
      } else {
        this.bindings.add(as < 0 ? (named[0]?.text ?? path) : local, { kind: 'other' }, source, node.from, scope);
      }
    }
  }

  /** Parameters hide names of the page; an annotation says what they are. */
  #parameters(node: SyntaxNode, source: PythonText, self: ClassName | undefined): void {
    const list = node.getChild('ParamList');
    for (const [index, item] of list ? [...itemsOf(list)].entries() : []) {
      const name = item.find((each) => each.name === 'VariableName');
      if (!name) continue;
      const text = source.text.slice(name.from, name.to);
      const annotated = this.#annotation(item.find((each) => each.name === 'TypeDef'), source);
      const meaning: Meaning = annotated
        ? { kind: 'instance', of: annotated }
        : index === 0 && text === 'self' && self
          ? { kind: 'instance', of: self }
          : { kind: 'other' };
      this.bindings.add(text, meaning, source, node.from, node);
    }
    this.#annotation(node.getChild('TypeDef') ?? undefined, source);
  }

  /** The class of an annotation, also quoted or `X | None`; it counts as used. */
  #annotation(type: SyntaxNode | undefined, source: PythonText): ClassName | undefined {
    if (!type) return undefined;
    const written = source.text.slice(type.from, type.to);
    const match = /[A-Za-z_][\w.]*(?:Config|Trainer)\b/.exec(written);
    if (!match) return undefined;
    const from = type.from + match.index;
    const meaning = this.bindings.meaning(match[0], source, from);
    if (meaning.kind !== 'class') return undefined;
    this.#classUse(meaning.of, source, from, from + match[0].length);
    return /^(:|->)\s*["']?[\w.]+["']?(\s*\|\s*None)?$/.test(written.trim()) ? meaning.of : undefined;
  }

  #class(node: SyntaxNode, source: PythonText, scope: SyntaxNode | undefined): ClassName | undefined {
    const name = node.getChild('VariableName');
    const body = node.getChild('Body');
    const list = node.getChild('ArgList');
    const own: string[] = [];
    for (let child = body?.firstChild ?? null; child; child = child.nextSibling) {
      const inner = child.name === 'DecoratedStatement' ? child.getChild('FunctionDefinition') : child;
      if (inner?.name !== 'AssignStatement' && inner?.name !== 'FunctionDefinition') continue;
      const member = inner.getChild('VariableName');
      if (member) own.push(source.text.slice(member.from, member.to));
    }
    let base: ClassName | undefined;
    for (const [item] of list ? itemsOf(list) : []) {
      const meaning = this.bindings.value(item, source);
      if (meaning.kind !== 'class' || !item) continue;
      this.#classUse(meaning.of, source, item.from, item.to);
      base ??= meaning.of;
    }
    const of = base && {
      ...base,
      own: [...base.own, ...own],
      ownInit: base.ownInit || own.includes('__init__'),
    };
    if (name) {
      const meaning: Meaning = of ? { kind: 'class', of } : { kind: 'other' };
      this.bindings.add(source.text.slice(name.from, name.to), meaning, source, node.from, scope);
    }
    return of;
  }

  #classUse(of: ClassName, source: PythonText, from: number, to: number): void {
    this.uses.push({ kind: 'class', of, ...source.place(from, to) });
  }

  #call(node: SyntaxNode, source: PythonText, self: ClassName | undefined): void {
    const list = node.getChild('ArgList');
    const callee = node.firstChild;
    if (!list || !callee) return;
    const called = source.text.slice(callee.from, callee.to);
    if (/^super\(.*\)\.__init__$/.test(called) && self) return this.#arguments(list, { ...self, ownInit: false }, source);
    const path = pathOf(callee, source.text);
    if (path === undefined) return;
    const meaning = this.bindings.meaning(path, source, callee.from);
    if (meaning.kind === 'class') {
      this.#classUse(meaning.of, source, callee.from, callee.to);
      if (!meaning.of.ownInit) this.#arguments(list, meaning.of, source);
    } else if (meaning.kind === 'module' && /(^|\.)trl\./.test(meaning.path)) {
      const name = meaning.path.slice(meaning.path.lastIndexOf('.') + 1);
      this.#arguments(list, classNamed(name, meaning.path.slice(0, -name.length - 1)), source);
    } else if (/(^|\.)replace$/.test(path) && list) {
      const first = this.bindings.value([...itemsOf(list)][0]?.at(-1), source);
      if (first.kind === 'instance') this.#arguments(list, first.of, source);
    }
    const parser = this.bindings.value(node, source);
    if (parser.kind === 'parser') {
      for (const of of parser.classes) {
        if (of) this.#classUse(of, source, list.from, list.to);
      }
    }
  }

  #arguments(list: SyntaxNode, of: ClassName, source: PythonText): void {
    for (const item of itemsOf(list)) {
      const [name, op, value] = item;
      if (name?.name === '**') this.#unpacked(op, of, source);
      else if (name?.name === 'VariableName' && op?.name === 'AssignOp') {
        this.#argument(name, source.text.slice(name.from, name.to), value, of, source);
      }
    }
  }

  /** `**{"beta": 0.1}`, `**dict(beta=0.1)`, `**settings`. */
  #unpacked(node: SyntaxNode | undefined, of: ClassName, source: PythonText): void {
    const meaning = this.bindings.value(node, source);
    if (meaning.kind !== 'dict') return;
    const { node: dict, source: from } = meaning;
    if (dict.name === 'CallExpression') {
      const list = dict.getChild('ArgList');
      if (list) this.#arguments(list, of, from);
      return;
    }
    for (const [key, second, value] of itemsOf(dict)) {
      if (key?.name === '**') this.#unpacked(second, of, from);
      const name = stringOf(key, from.text);
      if (key && name !== undefined && second?.name === ':') this.#argument(key, name, value, of, from);
    }
  }

  #argument(
    node: SyntaxNode,
    name: string,
    value: SyntaxNode | undefined,
    of: ClassName,
    source: PythonText,
  ): void {
    const quoted = node.name === 'String' ? 1 : 0;
    const place = source.place(node.from + quoted, node.to - quoted);
    if (this.uses.some((use) => use.kind === 'argument' && use.line === place.line && use.column === place.column && use.of.name === of.name)) return;
    const end = source.text.indexOf('\n', value?.to ?? node.to);
    const rest = source.text.slice(value?.to ?? node.to, end < 0 ? undefined : end);
    const comment = /^\s*[,)]*\s*#\s*(.*)$/.exec(rest)?.[1];
    const at = (value?.to ?? node.to) + rest.length - (comment?.length ?? 0);
    this.uses.push({
      kind: 'argument',
      of,
      name,
      value: literalOf(value, source),
      comment: comment === undefined ? undefined : { text: comment, place: source.place(at, at + comment.length) },
      ...place,
    });
  }

  #attribute(node: SyntaxNode, source: PythonText): void {
    const owner = pathOf(node.firstChild, source.text);
    const member = node.lastChild;
    if (owner === undefined || member?.name !== 'PropertyName') return;
    const of = this.bindings.meaning(owner, source, node.from);
    const name = source.text.slice(member.from, member.to);
    const place = source.place(member.from, member.to);
    const { parent } = node;
    if (of.kind === 'instance' || of.kind === 'class') {
      const called = parent?.name === 'CallExpression' && parent.firstChild?.from === node.from && parent.firstChild.to === node.to;
      const written = parent?.name === 'AssignStatement' && parent.firstChild?.from === node.from;
      if (!of.of.own.includes(name)) {
        this.uses.push({ kind: 'member', of: of.of, name, called, written, ...place });
      }
    } else if (of.kind === 'module' && /^trl(\.|$)/.test(of.path)) {
      if (/^[A-Z]/.test(name)) this.#classUse(classNamed(name, of.path), source, member.from, member.to);
    }
  }

  #assign(node: SyntaxNode, source: PythonText, scope: SyntaxNode | undefined): void {
    const targets: SyntaxNode[] = [];
    let last = node.firstChild;
    for (let child = node.firstChild; child && child.name !== 'AssignOp'; child = child.nextSibling) {
      if (/^(VariableName|MemberExpression)$/.test(child.name)) targets.push(child);
      if (/^(Tuple|Array|Parenthesized)Expression$/.test(child.name)) {
        for (const item of itemsOf(child)) if (item[0]) targets.push(item[0]);
      }
    }
    for (let child = node.firstChild; child; child = child.nextSibling) last = child;
    const annotated = this.#annotation(node.getChild('TypeDef') ?? undefined, source);
    const assigned = node.getChild('AssignOp') ? last : undefined;
    const values = this.#values(assigned, targets.length, source);
    for (const [index, target] of targets.entries()) {
      const path = pathOf(target, source.text);
      if (path === undefined) {
        this.#item(target, last, source);
        continue;
      }
      const member = target.name === 'MemberExpression';
      const meaning: Meaning = annotated ? { kind: 'instance', of: annotated } : (values[index] ?? { kind: 'other' });
      // `args.beta = 0.2` sets a field; `self.trainer = DPOTrainer()` binds a name.
      if (member && meaning.kind === 'other') continue;
      this.bindings.add(path, meaning, source, node.to, member ? undefined : scope);
    }
  }

  /** `settings["beta"] = 0.1` adds to a dictionary that may be unpacked later: not followed, nothing is said of it. */
  #item(_target: SyntaxNode, _value: SyntaxNode | null, _source: PythonText): void {}

  /** What each target of an assignment gets; a parser gives one instance a class. */
  #values(value: SyntaxNode | null | undefined, count: number, source: PythonText): (Meaning | undefined)[] {
    if (value?.name === 'CallExpression') {
      const callee = pathOf(value.firstChild, source.text);
      const parses = callee && /\.(parse_args_into_dataclasses|parse_args_and_config|parse_yaml_file|parse_dict)$/.exec(callee);
      if (parses && callee) {
        const owner = callee.slice(0, parses.index);
        const parser = this.bindings.meaning(owner, source, value.from);
        if (parser.kind === 'parser') {
          return parser.classes.map((of) => (of ? { kind: 'instance', of } : { kind: 'other' }));
        }
      }
      if (callee && /(^|\.)replace$/.test(callee)) {
        const list = value.getChild('ArgList');
        return [this.bindings.value(list ? [...itemsOf(list)][0]?.at(-1) : undefined, source)];
      }
    }
    if (count === 1) return [this.bindings.value(value, source)];
    return [];
  }

  /** Loop variables and the like hide names of the page. */
  #other(node: SyntaxNode, source: PythonText, scope: SyntaxNode | undefined): void {
    for (let child = node.firstChild; child; child = child.nextSibling) {
      const binds = /^(for|as)$/.test(child.prevSibling?.name ?? '') || (node.name === 'NamedExpression' && child === node.firstChild);
      if (!binds || child.name !== 'VariableName') continue;
      const name = source.text.slice(child.from, child.to);
      const value = node.name === 'WithStatement' ? this.bindings.value(child.prevSibling?.prevSibling, source) : undefined;
      const inside = node.name.endsWith('ComprehensionExpression') ? node : scope;
      this.bindings.add(name, value ?? { kind: 'other' }, source, node.from, inside);
    }
  }
}

function literalOf(node: SyntaxNode | undefined, source: PythonText): Literal | undefined {
  if (!node || !/^(String|Number|Boolean|None|UnaryExpression|ArrayExpression|ContinuedString)$/.test(node.name)) {
    return undefined;
  }
  const nodes = node.name === 'ArrayExpression' ? [...itemsOf(node)].flatMap(([item]) => item ?? []) : [node];
  return {
    text: source.text.slice(node.from, node.to),
    place: source.place(node.from, node.to),
    strings: nodes.flatMap((each) => {
      const text = stringOf(each, source.text);
      return text === undefined ? [] : [{ text, place: source.place(each.from + 1, each.to - 1) }];
    }),
  };
}
