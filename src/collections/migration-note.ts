import { z } from 'zod';

/** A record of `content/migration.yaml`: what to do about changes of TRL that the facts show. */
export const migrationNoteSchema = z.strictObject({
  /** `DPOConfig.rpo_alpha`, `DPOTrainer.dpo_loss`, `DPOTrainer.__init__.tokenizer`, `PPOTrainer`. */
  changes: z.array(z.string()).min(1),
  /** One or two sentences, Markdown. */
  say: z.string(),
});

export type MigrationNote = z.output<typeof migrationNoteSchema>;
