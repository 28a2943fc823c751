import { z } from 'zod';
import { annotatedTrainerSchema } from '../collections/annotated-trainer.ts';
import { chooserSchema } from '../collections/chooser.ts';
import { defaultRunSchema } from '../collections/default-run.ts';
import { exampleScriptSchema } from '../collections/example-script.ts';
import { glossarySchema } from '../collections/glossary-term.ts';
import { learningPathSchema } from '../collections/learning-path.ts';
import { migrationNoteSchema } from '../collections/migration-note.ts';
import { papersSchema } from '../collections/paper.ts';
import { referenceGuideSchema } from '../collections/reference-guide.ts';
import { trainerSchema } from '../collections/trainer.ts';
import { checkReportSchema } from '../errors/check-report.ts';

/** A JSON Schema that the site publishes as `schemas/<name>.json`. */
export interface PublishedSchema {
  name: string;
  /** What it describes, in a line. */
  title: string;
  /** The files of a content folder that it is for; none for what commands write. */
  files: readonly string[];
  /** Which part of such a file: all of it, its frontmatter, or the table [tool.tutorial] of its header. */
  part: 'file' | 'frontmatter' | 'tool.tutorial';
  schema: z.ZodType;
}

/** Every JSON Schema: one for each kind of file that an author writes, and one for the report of the check. */
export const publishedSchemas: readonly PublishedSchema[] = [
  yaml('trainer', 'A trainer of the registry', 'trainers', trainerSchema),
  yaml('learning-path', 'A learning path', 'learning-paths', learningPathSchema),
  list('glossary', 'The glossary', glossarySchema),
  list('papers', 'The papers', papersSchema),
  list('chooser', 'The chooser', chooserSchema),
  list('migration', 'What to do about changes of TRL', z.array(migrationNoteSchema)),
  list(
    'default-runs',
    'The default runs of the scripts, for the memory estimator',
    z.array(defaultRunSchema),
  ),
  page(
    'annotated-trainer',
    'Frontmatter of an annotated trainer',
    'annotated-trainers',
    annotatedTrainerSchema,
  ),
  page('reference-guide', 'Frontmatter of a reference guide', 'reference-guides', referenceGuideSchema),
  {
    name: 'example-script',
    title: 'The table [tool.tutorial] of an example script',
    files: ['example-scripts/*.py'],
    part: 'tool.tutorial',
    schema: exampleScriptSchema,
  },
  {
    name: 'check-report',
    title: 'What `npm run check -- --format json` writes',
    files: [],
    part: 'file',
    schema: checkReportSchema,
  },
];

/**
 * The text of a JSON Schema, draft 7: the newest that the YAML language server knows. It says what an author may
 * write, so a field with a default need not be there. Whether a trainer, page or paper exists is for the check:
 * the schemas hold for any content folder.
 */
export function schemaText({ title, schema }: PublishedSchema): string {
  const made = z.toJSONSchema(schema, {
    io: 'input',
    target: 'draft-7',
    unrepresentable: 'any',
    // zod calls its own checks formats too ("ends_with"); their pattern says the same.
    override: ({ jsonSchema }) => {
      if (jsonSchema.format !== 'uri') delete jsonSchema.format;
    },
  });
  const { $schema, ...rest } = made;
  return `${JSON.stringify({ $schema, title, ...rest }, null, 2)}\n`;
}

/** The text of `schemas/index.json`: which schema is for which files of a content folder. */
export function indexText(): string {
  const schemas = publishedSchemas.map(({ name, title, files, part }) => ({
    schema: `${name}.json`,
    title,
    files,
    part,
  }));
  return `${JSON.stringify({ schemas }, null, 2)}\n`;
}

/** Every file of `public/schemas/`, by its name. */
export function schemaFiles(): ReadonlyMap<string, string> {
  return new Map([
    ['index.json', indexText()],
    ...publishedSchemas.map((each) => [`${each.name}.json`, schemaText(each)] as const),
  ]);
}

/** The first line of a YAML file, by which the YAML language server finds its schema. */
export function schemaComment(schema: string): string {
  return `# yaml-language-server: $schema=${schema}`;
}

function yaml(name: string, title: string, folder: string, schema: z.ZodType): PublishedSchema {
  return { name, title, files: [`${folder}/*.yaml`, `${folder}/*.yml`], part: 'file', schema };
}

function list(name: string, title: string, schema: z.ZodType): PublishedSchema {
  return { name, title, files: [`${name}.yaml`], part: 'file', schema };
}

function page(name: string, title: string, folder: string, schema: z.ZodType): PublishedSchema {
  return { name, title, files: [`${folder}/*.mdx`, `${folder}/*.md`], part: 'frontmatter', schema };
}
