/** A card of one vendor's list, with the memory that the vendor gives, in 10⁹ bytes. */
export interface Card {
  name: string;
  gigabytes: number;
  /** Where the figure stands. */
  source: string;
}

const nvidia = 'https://www.nvidia.com/en-us';

/** Common cards, smallest first. */
export const cards: readonly Card[] = [
  { name: 'T4', gigabytes: 16, source: `${nvidia}/data-center/tesla-t4/` },
  { name: 'A10G', gigabytes: 24, source: 'https://aws.amazon.com/ec2/instance-types/g5/' },
  { name: 'RTX 4090', gigabytes: 24, source: `${nvidia}/geforce/graphics-cards/40-series/rtx-4090/` },
  { name: 'A100 40 GB', gigabytes: 40, source: `${nvidia}/data-center/a100/` },
  { name: 'L40S', gigabytes: 48, source: `${nvidia}/data-center/l40s/` },
  { name: 'A100 80 GB', gigabytes: 80, source: `${nvidia}/data-center/a100/` },
  { name: 'H100', gigabytes: 80, source: `${nvidia}/data-center/h100/` },
  { name: 'H200', gigabytes: 141, source: `${nvidia}/data-center/h200/` },
];

/** Bytes of a card: the vendor's figure counted in powers of ten, which drivers exceed by a few per cent at most. */
export const capacity = ({ gigabytes }: Card): number => gigabytes * 1e9;

export type Fit = 'fits' | 'tight' | 'does not fit';

/** Above this share of a card a run is tight: fragmentation and what an estimate misses need the rest. */
export const tightFrom = 0.9;

/**
 * Whether a run fits.
 *
 * @param needed bytes of the run
 * @param vllm share of the card that vLLM takes beside it
 */
export function fitOf(needed: number, card: Card, vllm = 0): Fit {
  const share = needed / capacity(card) + vllm;
  if (share > 1) return 'does not fit';
  return share > tightFrom ? 'tight' : 'fits';
}
