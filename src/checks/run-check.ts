import { readContent } from '../collections/read-content.ts';
import { byPlace, type Problem } from '../errors/problem.ts';
import { checkContent } from './content/index.ts';
import { checkBiome } from './tools/biome.ts';
import { checkRuff } from './tools/ruff.ts';
import { checkSchemas } from './tools/schemas.ts';
import { checkTypes } from './tools/types.ts';

interface CheckOptions {
  contentDir: string;
  /** Leaves out what is about the generator: Biome, Astro's types, Ruff, the JSON Schemas. */
  contentOnly: boolean;
}

/** Runs every check that needs no build, all at once, and returns all problems in order of appearance. */
export async function runCheck({ contentDir, contentOnly }: CheckOptions): Promise<Problem[]> {
  const tools = contentOnly ? [] : [checkBiome(), checkRuff(contentDir), checkTypes(), checkSchemas()];
  const content = readContent(contentDir).then((source) => checkContent(source));
  return (await Promise.all([content, ...tools])).flat().sort(byPlace);
}
