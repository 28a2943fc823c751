import { z } from 'zod';

/** `content/trl-history.json`: in which release what older scripts rely on changed; by `npm run history`. */
export const trlHistorySchema = z.strictObject({
  /** All releases that were read, oldest first. */
  releases: z.array(z.string()),
  events: z.array(
    z.strictObject({
      release: z.string(),
      /** `DPOConfig.beta`, `DPOTrainer.__init__.args`, `DPOTrainer.dpo_loss`, `PPOTrainer`. */
      symbol: z.string(),
      what: z.enum(['moved', 'removed', 'default']),
      /** Source text; for a class the package to import it from. */
      before: z.string(),
      after: z.string(),
    }),
  ),
});

export type TrlHistory = z.output<typeof trlHistorySchema>;
