import type { Trainer } from '../collections/trainer.ts';
import { availabilityText } from '../coverage/wording.ts';

/** What holds in the newest release: `stable since 1.9.0`. Throws for a record without availability. */
export function availability({
  slug,
  availability: history,
}: Pick<Trainer, 'slug' | 'availability'>): string {
  const last = history.at(-1);
  if (!last) throw new Error(`availability: expected at least one record of "${slug}", found none`);
  return availabilityText(last);
}
