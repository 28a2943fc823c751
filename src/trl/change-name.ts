import type { ReleaseChange } from './release-changes.ts';

/** What one sees of a change in a script: `DPOTrainer(tokenizer=…)`, `loss_type="ipo"`, `DPOTrainer.dpo_loss()`. */
export function changeName({ symbol, kind }: Pick<ReleaseChange, 'symbol' | 'kind'>): string {
  if (kind === 'parameter') return `${symbol.replace('.__init__.', '(')}=…)`;
  if (kind === 'loss type') return `loss_type="${symbol.slice(symbol.lastIndexOf('.') + 1)}"`;
  return kind === 'method' ? `${symbol}()` : symbol;
}
