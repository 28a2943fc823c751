import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseToml } from 'smol-toml';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { splitFrontmatter } from '../../../src/collections/frontmatter.ts';
import { findMetadata } from '../../../src/collections/pep723.ts';
import type { PublishedSchema } from '../../../src/json-schemas/schemas.ts';

/** A file of a content folder, and the data in it that a schema speaks of. */
export interface DataFile {
  file: string;
  data: unknown;
}

const header = z.object({ tool: z.object({ tutorial: z.unknown() }) });

/** The files of a content folder that a schema is for. Modules without a header are left out. */
export function filesOf({ files, part }: PublishedSchema, dir: string): DataFile[] {
  return files
    .flatMap((pattern) => matching(dir, pattern))
    .flatMap((file): DataFile[] => {
      const text = readFileSync(join(dir, file), 'utf8');
      if (part === 'file') return [{ file, data: parseYaml(text) }];
      if (part === 'frontmatter') {
        const { parts } = splitFrontmatter(text, file);
        return parts ? [{ file, data: parseYaml(parts.yaml) }] : [];
      }
      const { block } = findMetadata(text, file);
      return block ? [{ file, data: header.parse(parseToml(block.toml)).tool.tutorial }] : [];
    });
}

/** The files of a folder that fit `name.yaml` or `folder/*.ending`. */
function matching(dir: string, pattern: string): string[] {
  const [folder = '', ending = ''] = pattern.split('*');
  const there = (path: string) => {
    try {
      return readdirSync(path);
    } catch {
      return [];
    }
  };
  if (!pattern.includes('*')) return there(dir).includes(pattern) ? [pattern] : [];
  return there(join(dir, folder))
    .filter((name) => name.endsWith(ending))
    .map((name) => `${folder}${name}`);
}
