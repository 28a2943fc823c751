import { z } from 'zod';
import { entrySchema } from './entry.ts';

/** `[tool.tutorial]` of `content/example-scripts/<name>.py`. */
export const exampleScriptSchema = entrySchema.extend({
  /** Failure modes that `--bug NAME` reproduces, with what each shows. */
  bugs: z.record(z.string(), z.string()).default({}),
  /** Further runs to record, by variant: what the command line has beside `--tiny`. */
  variants: z.record(z.string(), z.array(z.string())).default({}),
  /** Command lines that the tests run for two steps each, beside `--tiny`. */
  recipes: z.array(z.string()).default([]),
  /** Curves of the recorded runs to show on the page; `plain` is the run without a variant. */
  plots: z
    .array(
      z.strictObject({
        title: z.string(),
        /** Read before the figure; Markdown. */
        text: z.string().default(''),
        series: z.array(z.string()).min(1),
        variants: z.array(z.string()).default(['plain']),
      }),
    )
    .default([]),
  /** What was measured, as short sentences by label. */
  hardware: z.record(z.string(), z.string()).default({}),
});

/** The PEP 723 header as a whole. */
export const scriptHeaderSchema = z.object({
  'requires-python': z.string(),
  dependencies: z.array(z.string()).min(1),
  tool: z.object({ tutorial: exampleScriptSchema }),
});

export type ExampleScriptData = z.output<typeof exampleScriptSchema>;
export type ScriptHeader = z.output<typeof scriptHeaderSchema>;
