import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildOptions } from '../src/build/options.ts';
import { showsDrafts, withoutDrafts } from '../src/collections/drafts.ts';
import { readContent } from '../src/collections/read-content.ts';
import { createMarkdownContext } from '../src/markdown/context.ts';
import { fileName } from '../src/navigation/script-files.ts';
import { notebookJson } from '../src/notebook/notebook.ts';
import { scriptNotebook } from '../src/notebook/script-notebook.ts';

const usage = `Usage: npm run notebooks -- --out <folder>

Writes the notebook of each example script, as the site has it under /examples/.
`;

const { values } = parseArgs({ options: { out: { type: 'string' } } });
if (values.out === undefined) {
  process.stderr.write(usage);
  process.exitCode = 2;
} else {
  const { contentDir, base, siteUrl } = buildOptions([], process.env);
  const all = await readContent(contentDir);
  const source = showsDrafts(process.env) ? all : withoutDrafts(all);
  const site = {
    source,
    context: createMarkdownContext(source, { base }),
    origin: new URL(siteUrl).origin,
  };
  await mkdir(values.out, { recursive: true });
  for (const script of source.scripts) {
    const name = fileName(script.file).replace(/\.py$/, '.ipynb');
    await writeFile(join(values.out, name), notebookJson(scriptNotebook(script, site)));
  }
}
