/** A TRL symbol as an author writes it, taken apart. */
export interface TrlSymbol {
  /** `trl`, `trl.trainer.utils`, or nothing. */
  module: string | undefined;
  /** The class or function. */
  name: string;
  /** A config field, a method. */
  member: string | undefined;
}

const identifier = '[A-Za-z_][A-Za-z0-9_]*';
const grammar = new RegExp(
  `^(?<path>trl(?:\\.${identifier})+|${identifier}(?:\\.${identifier})?)(?:\\(\\))?$`,
);

/**
 * Takes `DPOConfig.beta`, `DPOTrainer._compute_loss()` or `trl.trainer.utils.pad` apart.
 * The name begins at the first part with a capital; without one it is the last part.
 *
 * @returns undefined when the text is no dotted Python name of this form
 */
export function parseSymbol(text: string): TrlSymbol | undefined {
  const path = grammar.exec(text)?.groups?.path;
  if (path === undefined) return undefined;
  const parts = path.split('.');
  const qualified = parts[0] === 'trl';
  const capital = parts.findIndex((part) => /^_?[A-Z]/.test(part));
  const at = capital < 0 ? parts.length - 1 : capital;
  const rest = parts.slice(at + 1);
  if (rest.length > 1 || (at > 0 && !qualified)) return undefined;
  return {
    module: at > 0 ? parts.slice(0, at).join('.') : undefined,
    name: parts[at] ?? path,
    member: rest[0],
  };
}
