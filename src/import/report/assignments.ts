import type { Bindings, Meaning } from './bindings.ts';
import { itemsOf, type PythonText, pathOf, type SyntaxNode } from './python-text.ts';

const parses = /\.(parse_args_into_dataclasses|parse_args_and_config|parse_yaml_file|parse_dict)$/;

/** Binds the targets of `a = …`, `a, b = …`, `self.a = …`. */
export function bindAssignment(
  node: SyntaxNode,
  annotated: Meaning | undefined,
  source: PythonText,
  scope: SyntaxNode | undefined,
  bindings: Bindings,
): void {
  const targets = targetsOf(node);
  const assigned = node.getChild('AssignOp') ? node.lastChild : undefined;
  const values = valuesOf(assigned, targets.length, source, bindings);
  for (const [index, target] of targets.entries()) {
    const path = pathOf(target, source.text);
    if (path === undefined) continue;
    const member = target.name === 'MemberExpression';
    const meaning: Meaning = annotated ?? values[index] ?? { kind: 'other' };
    // `args.beta = 0.2` sets a field; `self.trainer = DPOTrainer()` binds a name.
    if (member && meaning.kind === 'other') continue;
    bindings.add(path, meaning, source, node.to, member ? undefined : scope);
  }
}

/** Loop variables and the like hide names of the page. */
export function bindOther(
  node: SyntaxNode,
  source: PythonText,
  scope: SyntaxNode | undefined,
  bindings: Bindings,
): void {
  for (let child = node.firstChild; child; child = child.nextSibling) {
    const binds =
      /^(for|as)$/.test(child.prevSibling?.name ?? '') ||
      (node.name === 'NamedExpression' && child.prevSibling === null);
    if (!binds || child.name !== 'VariableName') continue;
    const entered = node.name === 'WithStatement' ? child.prevSibling?.prevSibling : undefined;
    const meaning: Meaning = entered ? bindings.value(entered, source) : { kind: 'other' };
    const inside = node.name.endsWith('ComprehensionExpression') ? node : scope;
    bindings.add(source.text.slice(child.from, child.to), meaning, source, node.from, inside);
  }
}

function targetsOf(node: SyntaxNode): SyntaxNode[] {
  const targets: SyntaxNode[] = [];
  for (let child = node.firstChild; child && child.name !== 'AssignOp'; child = child.nextSibling) {
    if (/^(VariableName|MemberExpression)$/.test(child.name)) targets.push(child);
    if (/^(Tuple|Array|Parenthesized)Expression$/.test(child.name)) {
      for (const [item] of itemsOf(child)) if (item) targets.push(item);
    }
  }
  return targets;
}

/** What each target of an assignment gets; a parser gives one instance a class. */
function valuesOf(
  value: SyntaxNode | null | undefined,
  count: number,
  source: PythonText,
  bindings: Bindings,
): (Meaning | undefined)[] {
  const callee = value?.name === 'CallExpression' ? pathOf(value.firstChild, source.text) : undefined;
  if (value && callee !== undefined) {
    const parsed = parses.exec(callee);
    const parser = parsed && bindings.meaning(callee.slice(0, parsed.index), source, value.from);
    if (parser?.kind === 'parser') {
      return parser.classes.map((of) => (of ? { kind: 'instance', of } : { kind: 'other' }));
    }
    if (/(^|\.)replace$/.test(callee)) {
      const list = value.getChild('ArgList');
      return [bindings.value(list ? [...itemsOf(list)][0]?.at(-1) : undefined, source)];
    }
  }
  return count === 1 ? [bindings.value(value, source)] : [];
}
