import { z } from 'zod';

/** A record of `content/migration.yaml`: what to do about changes of TRL that the facts show. */
export const migrationNoteSchema = z.strictObject({
  changes: z
    .array(z.string())
    .min(1)
    .describe(
      'Symbols: `DPOConfig.rpo_alpha`, `DPOTrainer.dpo_loss`, `DPOTrainer.__init__.tokenizer`, `PPOTrainer`.',
    ),
  say: z.string().describe('What to do about them, in one or two sentences; Markdown.'),
});

export type MigrationNote = z.output<typeof migrationNoteSchema>;
