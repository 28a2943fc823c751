import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { diskProblem } from '../../../src/build/disk-full.ts';
import { biomeProgram, parseBiome } from '../../../src/checks/tools/biome.ts';
import { checkRuff, parseRuff } from '../../../src/checks/tools/ruff.ts';
import { readExcerpts, runTool, toolFailed } from '../../../src/checks/tools/run-tool.ts';
import { checkSchemas } from '../../../src/checks/tools/schemas.ts';
import { parseTypes } from '../../../src/checks/tools/types.ts';
import type { ErrorCode } from '../../../src/errors/catalogue.ts';
import type { Problem } from '../../../src/errors/problem.ts';
import { schemaFiles } from '../../../src/json-schemas/schemas.ts';
import { pythonTool } from '../../../src/python-env.ts';

type RunTool = (root: string, form: 'broken' | 'mended') => Promise<readonly Problem[]>;

/** The tools that find what the examples of `run: tool` show; files are named from the folder of the example. */
const tools: Partial<Record<ErrorCode, RunTool>> = {
  biome: (root) => biome(join(root, 'src/shape.ts')),
  // A whole run of TypeScript takes 20 seconds, so its report of the broken form is kept here, as it came.
  types: async (root, form) => readExcerpts(form === 'broken' ? parseTypes(typesReport(root)) : []),
  ruff: async (root) => {
    const file = join(root, 'content/example-scripts/sft_training.py');
    const { stdout } = await runTool(pythonTool('ruff'), ['check', '--output-format', 'json', file]);
    return readExcerpts(parseRuff(stdout) ?? []);
  },
  'schema-stale': async (root) => {
    const folder = join(root, 'public/schemas');
    const path = join(folder, 'migration.json');
    const line = await readFile(path, 'utf8');
    const valid = schemaFiles();
    for (const [name, text] of valid) await writeFile(join(folder, name), text);
    // The example shows one line of the schema: it takes the place of the line that begins alike.
    const key = line.split(':')[0] ?? '';
    const schema = (valid.get('migration.json') ?? '').split('\n');
    const at = schema.findIndex((each) => each.startsWith(key));
    await writeFile(path, schema.with(at, line.trimEnd()).join('\n'));
    return checkSchemas(folder);
  },
  'tool-missing': (root, form) =>
    form === 'mended' ? Promise.resolve([]) : checkRuff(root, join(root, '.venv/bin/ruff')),
  // Of the build only what matters here: a file of 100 kB that is written in the shell of the example.
  'disk-full': async (root, form) => {
    const limit = form === 'broken' ? 60 : 'unlimited';
    const write = 'fs.writeFileSync(process.argv[1], Buffer.alloc(1e5))';
    const command = ['-c', `ulimit -f ${limit} && exec "$0" "$@"`, process.execPath];
    const run = spawnSync('sh', [...command, '-e', write, join(root, 'page')], { encoding: 'utf8' });
    if (run.status === 0) return [];
    const found = diskProblem(new Error(`${run.signal ?? ''}${run.stderr}`), '.build');
    return found ? [found] : [];
  },
  'tool-failed': async (root) => {
    await writeFile(join(root, 'width.ts'), 'export const width = 46;\n');
    return biome(join(root, 'width.ts'), [`--config-path=${join(root, 'biome.json')}`]);
  },
};

export async function runExampleTool(code: ErrorCode, root: string, form: 'broken' | 'mended') {
  const tool = tools[code];
  if (!tool) throw new Error(`tests/unit/errors/example-tools.ts does not know how to run ${code}`);
  return tool(root, form);
}

/** Biome as `checkBiome` runs it, on a file that Git ignores. */
async function biome(file: string, settings: string[] = []): Promise<Problem[]> {
  const args = ['check', '--reporter=rdjson', '--vcs-enabled=false', ...settings, file];
  const run = await runTool(process.execPath, [biomeProgram, ...args]);
  const parsed = parseBiome(run.stdout);
  return parsed ? readExcerpts(parsed) : [toolFailed('biome check', run)];
}

function typesReport(root: string): string {
  const file = join(root, 'src/width.ts').slice(process.cwd().length + 1);
  return (
    `\u001b[96m${file}\u001b[0m:\u001b[93m1\u001b[0m:\u001b[93m14\u001b[0m - \u001b[91merror\u001b[0m` +
    "\u001b[90m ts(2322): \u001b[0mType 'string' is not assignable to type 'number'.\n"
  );
}
