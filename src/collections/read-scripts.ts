import type { ContentFile } from './content-folder.ts';
import type { SourceScript, SupportModule } from './content-source.ts';
import type { Reading } from './reading.ts';
import { parseScript } from './script.ts';

/** The modules that scripts import: `lab.py`, `lab_world.py`. They are no pages and need no header. */
const supportModule = /^lab(_\w+)?$/;

/** Sorts the Python files of example-scripts/ into entries and support modules. */
export function readScripts(
  files: readonly ContentFile[],
  reading: Reading,
): { scripts: SourceScript[]; supportModules: SupportModule[] } {
  const scripts: SourceScript[] = [];
  const supportModules: SupportModule[] = [];
  for (const { file, stem, text } of files) {
    const { header, origin, cells, problems } = parseScript(text, file);
    if (!origin && supportModule.test(stem)) {
      supportModules.push({ file, text });
      continue;
    }
    reading.problems.push(...problems);
    if (!header || !origin) continue;
    const id = stem.replaceAll('_', '-');
    const data = header.tool.tutorial;
    const script = { ref: `examples/${id}`, id, file, data, body: text, bodyLine: 1, header, cells };
    reading.origins.set(script, {
      file,
      locate: (path, part) => origin.locate(['tool', 'tutorial', ...path], part),
    });
    scripts.push(script);
  }
  return { scripts, supportModules };
}
