import { stat } from 'node:fs/promises';
import { stripVTControlCharacters } from 'node:util';
import { type Problem, problem } from '../../errors/problem.ts';
import { readExcerpts, runTool, toolFailed } from './run-tool.ts';
import { rememberDigest, rememberedDigest, sourceDigest } from './source-digest.ts';

/** Where it is remembered which sources were found without fault. */
const cache = '.cache/types-without-fault';

/**
 * Types of TypeScript and Astro files. Astro's own types are made first when they are missing or old.
 * Sources that were found without fault once are not checked again: it is the slowest check by far.
 */
export async function checkTypes(): Promise<Problem[]> {
  if (await typesAreStale()) {
    const sync = await runTool(process.execPath, ['node_modules/astro/bin/astro.mjs', 'sync']);
    if (sync.code !== 0) return [toolFailed('astro sync', sync)];
  }
  const digest = await sourceDigest();
  if (digest === (await rememberedDigest(cache))) return [];
  const program = 'node_modules/@astrojs/check/bin/astro-check.js';
  const run = await runTool(process.execPath, [program, '--minimumSeverity', 'warning']);
  const found = parseTypes(run.stdout);
  if (run.code === 0 && found.length === 0) await rememberDigest(cache, digest);
  return run.code !== 0 && found.length === 0 ? [toolFailed('astro check', run)] : readExcerpts(found);
}

/** The problems of `astro check`'s report: lines `file:line:column - error ts(2322): message`. */
export function parseTypes(report: string): Problem[] {
  const heads = stripVTControlCharacters(report).matchAll(
    /^(?<file>\S[^:\n]*):(?<line>\d+):(?<column>\d+) - (?<severity>error|warning) (?<rule>\S+): +(?<message>.*)$/gm,
  );
  return [...heads].map(({ groups = {} }) => {
    const { file = '', line, column, severity, rule = '', message = '' } = groups;
    const place = { file, line: Number(line), column: Number(column) };
    return problem('types', place, `${rule}: ${message}`, {
      severity: severity === 'warning' ? 'warning' : 'error',
    });
  });
}

/** Whether `.astro/` is missing, or older than what its types are made from. */
async function typesAreStale(): Promise<boolean> {
  const made = await modified('.astro/types.d.ts');
  const sources = await Promise.all(['src/content.config.ts', 'astro.config.mjs'].map(modified));
  return made === 0 || sources.some((time) => time > made);
}

async function modified(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  return found?.mtimeMs ?? 0;
}
