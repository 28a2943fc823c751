import { z } from 'zod';
import { entrySchema } from './entry.ts';

/** `[tool.tutorial]` of `content/example-scripts/<name>.py`. */
export const exampleScriptSchema = entrySchema.extend({
  bugs: z
    .record(z.string(), z.string())
    .default({})
    .describe('Failure modes that `--bug NAME` reproduces, with what each shows; Markdown.'),
  variants: z
    .record(z.string(), z.array(z.string()))
    .default({})
    .describe('Further runs to record, by name: what the command line has beside `--tiny`.'),
  recipes: z
    .array(z.string())
    .default([])
    .describe('Command lines that the tests run for two steps each, beside `--tiny`.'),
  plots: z
    .array(
      z.strictObject({
        title: z.string().describe('Caption of the figure.'),
        text: z.string().default('').describe('Read before the figure; Markdown.'),
        series: z.array(z.string()).min(1).describe('Metrics that the run logged: `rewards/margins`.'),
        variants: z
          .array(z.string())
          .default(['plain'])
          .describe('Recorded runs to compare; `plain` is the run without a variant.'),
      }),
    )
    .default([])
    .describe('Curves of the recorded runs to show on the page.'),
  hardware: z
    .record(z.string(), z.string())
    .default({})
    .describe('What was measured, as short sentences by label; Markdown.'),
});

/** The PEP 723 header as a whole. */
export const scriptHeaderSchema = z.object({
  'requires-python': z.string().describe('`>=3.10`'),
  dependencies: z.array(z.string()).min(1).describe('Exact pins: `trl==1.16.0`.'),
  tool: z.object({ tutorial: exampleScriptSchema.describe('The page of the script.') }),
});

export type ExampleScriptData = z.output<typeof exampleScriptSchema>;
export type ScriptHeader = z.output<typeof scriptHeaderSchema>;
