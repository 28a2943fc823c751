import { readContent } from '../collections/read-content.ts';
import { byPlace, type Problem } from '../errors/problem.ts';
import { checkContent } from './content/index.ts';
import { checkDrift } from './drift/index.ts';
import { checkBiome } from './tools/biome.ts';
import { checkRuff } from './tools/ruff.ts';
import { checkSchemas } from './tools/schemas.ts';
import { checkTypes } from './tools/types.ts';

interface CheckOptions {
  contentDir: string;
  /** Leaves out what is about the generator: Biome, Astro's types, Ruff, the JSON Schemas. */
  contentOnly: boolean;
}

/**
 * Runs every check that needs no build, all at once, and returns all problems in order of appearance; what a
 * newer release of TRL would make untrue comes last.
 */
export async function runCheck({ contentDir, contentOnly }: CheckOptions): Promise<Problem[]> {
  const tools = contentOnly ? [] : [checkBiome(), checkRuff(contentDir), checkTypes(), checkSchemas()];
  const content = readContent(contentDir).then((source) => [...checkContent(source), ...checkDrift(source)]);
  const found = (await Promise.all([content, ...tools])).flat().sort(byPlace);
  const isDrift = ({ code }: Problem) => code === 'trl-drift';
  return [...found.filter((each) => !isDrift(each)), ...found.filter(isDrift)];
}
