import type { ContentSource } from '../../collections/content-source.ts';
import { type Problem, problem } from '../../errors/problem.ts';
import { pythonUnits } from './python-source.ts';

/**
 * Every Python fence and file parses. One problem a piece: what follows the first error misleads. In an entry that
 * nobody has checked it is a warning.
 */
export function checkPythonSyntax(source: ContentSource): Problem[] {
  return pythonUnits(source).flatMap(({ sources, verified }) =>
    sources.flatMap(({ tree: { error }, place }) => {
      if (!error) return [];
      const severity = verified ? 'error' : 'warning';
      return [problem('python-syntax', place(error.from, error.to), error.message, { severity })];
    }),
  );
}
