import type { ContentSource } from '../../collections/content-source.ts';
import { type Problem, problem } from '../../errors/problem.ts';
import { pythonUnits } from './python-source.ts';

/** Every Python fence and file parses. One problem a piece: what follows the first error misleads. */
export function checkPythonSyntax(source: ContentSource): Problem[] {
  return pythonUnits(source).flatMap(({ sources }) =>
    sources.flatMap(({ tree: { error }, place }) => {
      return error ? [problem('python-syntax', place(error.from, error.to), error.message)] : [];
    }),
  );
}
