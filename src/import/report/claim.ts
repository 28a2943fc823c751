/** A number of a STATUS file, or a file that it calls finished. */
export interface Claim {
  column: number;
  length: number;
  says: string;
  found: string;
}

/** "about 120 lines" claims nothing that can be wrong by one. */
export const roughly =
  /(?:~|≈|about|around|approx\w*\.?|roughly|over|more than|nearly|almost|some|at least|up to|>|<)\s*$/i;

/** `2,350` as a number. */
export function numberOf(text: string | undefined): number {
  return Number((text ?? '').replaceAll(',', ''));
}
