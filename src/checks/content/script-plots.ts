import type { ContentSource } from '../../collections/content-source.ts';
import type { Problem } from '../../errors/problem.ts';
import { runMistakes } from '../../markdown/run-mistakes.ts';
import { problemAt } from './check.ts';

/** Every plot that a script's header asks for finds its variants and series among the recorded runs. */
export function checkScriptPlots(source: ContentSource): Problem[] {
  return source.scripts.flatMap((script) =>
    script.data.plots.flatMap(({ series, variants }, index) => {
      const name = script.file.replace(/^.*\/|\.py$/g, '');
      return runMistakes(source.runs, { script: name, variants, series }).map(({ message, suggestion }) =>
        problemAt(source, script, ['plots', index], 'component-prop', message, { suggestion }),
      );
    }),
  );
}
