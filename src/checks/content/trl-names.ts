import type { ContentSource } from '../../collections/content-source.ts';
import type { Facts } from '../../collections/facts.ts';
import { type Problem, problem } from '../../errors/problem.ts';
import type { Resolution } from '../../trl/index.ts';
import { explainArgument } from './argument.ts';
import { argumentFix } from './argument-fix.ts';
import type { CheckContext } from './check.ts';
import { importFix, movedTo } from './import-fix.ts';
import { type PythonSource, type PythonUnit, pythonUnits } from './python-source.ts';
import type { PythonCall, PythonImport, PythonName } from './python-tree.ts';

const classOfTrl = /^[A-Z]\w*(Config|Trainer)$/;

/** What the checks of one namespace share. */
interface Namespace extends CheckContext {
  facts: readonly Facts[];
  severity: Problem['severity'];
  /** Names that the page binds itself or takes from other libraries. */
  own: ReadonlySet<string>;
}

/**
 * In Python, every `*Config` and `*Trainer` that is not another library's or the page's own is a class
 * of TRL, every keyword argument of its calls is one that it accepts, and what is imported from `trl`
 * is there.
 */
export function checkTrlNames(source: ContentSource, context: CheckContext): Problem[] {
  return pythonUnits(source).flatMap((unit) => checkUnit(unit, source.facts, context));
}

function checkUnit(unit: PythonUnit, facts: readonly Facts[], context: CheckContext): Problem[] {
  const trees = unit.sources.map((python) => ({ python, ...python.tree }));
  const foreign = trees.flatMap(({ imports }) => imports.filter(({ module }) => !/^trl(\.|$)/.test(module)));
  const names: Namespace = {
    ...context,
    facts,
    severity: unit.verified ? 'error' : 'warning',
    own: new Set([...trees.flatMap(({ bound }) => bound), ...foreign.map(({ name }) => name)]),
  };
  return trees.flatMap(({ python, imports, calls }) => [
    ...imports.flatMap((each) => checkImport(each, python, names)),
    ...calls.flatMap((each) => checkCall(each, python, names)),
  ]);
}

/** The facts hold all that `trl` itself exports; of its modules they hold the classes. */
function checkImport(found: PythonImport, python: PythonSource, names: Namespace): Problem[] {
  const { name, module, from, to } = found;
  if (module !== 'trl') return /^trl\./.test(module) ? checkClass(found, python, names) : [];
  const exported = names.trl.resolve(`trl.${name}`);
  if (isExported(exported)) return [];
  const path = importPaths(name, names.facts).find((each) => each !== 'trl');
  const meant = exported.kind === 'unknown' ? exported.suggestion : undefined;
  const moduleNow = (item: string) =>
    isExported(names.trl.resolve(`trl.${item}`)) ? 'trl' : movedTo(item, names.facts);
  const moved = movedTo(name, names.facts);
  const lastIn = exported.kind === 'found' ? `; TRL ${exported.trl} still did` : '';
  const message = moved
    ? `\`${name}\` moved from \`trl\` to \`${moved}\``
    : `\`trl\` does not export \`${name}\`${lastIn}`;
  return [
    problem('symbol-unknown', python.place(from, to), message, {
      severity: names.severity,
      suggestion: path ? `write \`from ${path} import ${name}\`` : meant && `did you mean \`${meant}\`?`,
      fix: moved ? importFix(found.statement, python, moduleNow) : undefined,
    }),
  ];
}

/** Whether the newest release has a name; facts of older ones are at hand too. */
function isExported(found: Resolution): boolean {
  return found.kind === 'found' ? found.current : found.kind !== 'unknown';
}

function checkCall(call: PythonCall, python: PythonSource, names: Namespace): Problem[] {
  if (!classOfTrl.test(call.name) || names.own.has(call.name)) return [];
  const accepted = names.trl.callable(call.name);
  if (!accepted) return checkClass(call, python, names);
  return call.keywords
    .filter(({ name }) => !accepted.includes(name))
    .map((keyword) => {
      const { name, from, to } = keyword;
      const { message, suggestion } = explainArgument(call.name, name, accepted, names.trl);
      const accepts = (callee: string, argument: string) => names.trl.callable(callee)?.includes(argument);
      return problem('argument-unknown', python.place(from, to), message, {
        severity: names.severity,
        suggestion,
        fix: argumentFix(call, keyword, python, (...each) => accepts(...each) === true),
      });
    });
}

function checkClass({ name, from, to }: PythonName, python: PythonSource, names: Namespace): Problem[] {
  if (!classOfTrl.test(name) || names.own.has(name)) return [];
  const found = names.trl.resolve(name);
  if (found.kind !== 'unknown') return [];
  return [
    problem('symbol-unknown', python.place(from, to), `TRL has no class \`${name}\``, {
      severity: names.severity,
      suggestion: found.suggestion && `did you mean \`${found.suggestion}\`?`,
    }),
  ];
}

/** Where the newest release that has a name exports it. */
function importPaths(name: string, facts: readonly Facts[]): string[] {
  for (const { classes, functions } of facts) {
    const found = [...classes, ...functions].filter((each) => each.name === name);
    if (found.length > 0) return found.map(({ import_path, module }) => import_path ?? module);
  }
  return [];
}
