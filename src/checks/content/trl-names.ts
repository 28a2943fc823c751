import type { ContentSource } from '../../collections/content-source.ts';
import { type Problem, problem } from '../../errors/problem.ts';
import { explainArgument } from './argument.ts';
import type { CheckContext } from './check.ts';
import { type PythonUnit, pythonUnits } from './python-source.ts';
import { type PythonName, parsePython } from './python-tree.ts';

const classOfTrl = /^[A-Z]\w*(Config|Trainer)$/;

/**
 * In Python, every `*Config` and `*Trainer` that is not another library's or the page's own is a class
 * of TRL, and every keyword argument of its calls is one that it accepts.
 */
export function checkTrlNames(source: ContentSource, context: CheckContext): Problem[] {
  return pythonUnits(source).flatMap((unit) => checkUnit(unit, context));
}

function checkUnit(unit: PythonUnit, { trl }: CheckContext): Problem[] {
  const severity = unit.verified ? 'error' : 'warning';
  const trees = unit.sources.map((python) => ({ python, tree: parsePython(python.text) }));
  const own = new Set(
    trees.flatMap(({ tree }) => [
      ...tree.bound,
      ...tree.imports.filter(({ module }) => !/^trl(\.|$)/.test(module)).map(({ name }) => name),
    ]),
  );

  return trees.flatMap(({ python, tree }) => {
    const unknownClass = ({ name, from, to }: PythonName): Problem[] => {
      const found = trl.resolve(name);
      if (found.kind !== 'unknown') return [];
      const suggestion = found.suggestion && `did you mean \`${found.suggestion}\`?`;
      return [
        problem('symbol-unknown', python.place(from, to), `TRL has no class \`${name}\``, {
          severity,
          suggestion,
        }),
      ];
    };
    const imported = tree.imports.filter(({ name }) => classOfTrl.test(name) && !own.has(name));
    const called = tree.calls.filter(({ name }) => classOfTrl.test(name) && !own.has(name));
    return [
      ...imported.flatMap(unknownClass),
      ...called.flatMap((call) => {
        const accepted = trl.callable(call.name);
        if (!accepted) return unknownClass(call);
        const names = new Set(accepted);
        return call.keywords
          .filter(({ name }) => !names.has(name))
          .map(({ name, from, to }) => {
            const { message, suggestion } = explainArgument(call.name, name, names, trl);
            return problem('argument-unknown', python.place(from, to), message, { severity, suggestion });
          });
      }),
    ];
  });
}
