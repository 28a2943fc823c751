import type { ModelShape } from './shape.ts';

/** A published model. */
export interface Preset extends ModelShape {
  /** In addresses: `qwen2.5-0.5b`. */
  id: string;
  /** On the Hub; the shape is that of its config.json. */
  hub: string;
}

type Row = readonly [
  hub: string,
  layers: number,
  hidden: number,
  heads: number,
  kvHeads: number,
  intermediate: number,
  tied: boolean,
];

/** Rows of one family. `headDim` is hidden / heads unless it is given. */
function family(
  name: ModelShape['family'],
  rows: readonly Row[],
  { vocabulary, headDim }: { vocabulary: (hidden: number) => number; headDim?: number },
): Preset[] {
  return rows.map(([hub, layers, hidden, heads, kvHeads, intermediate, tied]) => ({
    id: hub.slice(hub.indexOf('/') + 1).toLowerCase(),
    hub,
    family: name,
    layers,
    hidden,
    heads,
    kvHeads,
    headDim: headDim ?? hidden / heads,
    intermediate,
    vocabulary: vocabulary(hidden),
    tied,
  }));
}

/**
 * Shapes from the models' published config.json. A test compares each one's parameter count with the number that
 * transformers counts for that config, and with the size that its publisher gives.
 */
export const presets: readonly Preset[] = [
  ...family(
    'qwen2',
    [
      ['Qwen/Qwen2.5-0.5B', 24, 896, 14, 2, 4864, true],
      ['Qwen/Qwen2.5-1.5B', 28, 1536, 12, 2, 8960, true],
      ['Qwen/Qwen2.5-3B', 36, 2048, 16, 2, 11008, true],
      ['Qwen/Qwen2.5-7B', 28, 3584, 28, 4, 18944, false],
      ['Qwen/Qwen2.5-14B', 48, 5120, 40, 8, 13824, false],
      ['Qwen/Qwen2.5-32B', 64, 5120, 40, 8, 27648, false],
      ['Qwen/Qwen2.5-72B', 80, 8192, 64, 8, 29568, false],
    ],
    // The small ones stop where the tokens end, the large ones pad on.
    { vocabulary: (hidden) => (hidden < 3000 ? 151936 : 152064) },
  ),
  ...family(
    'qwen3',
    [
      ['Qwen/Qwen3-0.6B', 28, 1024, 16, 8, 3072, true],
      ['Qwen/Qwen3-1.7B', 28, 2048, 16, 8, 6144, true],
      ['Qwen/Qwen3-4B', 36, 2560, 32, 8, 9728, true],
      ['Qwen/Qwen3-8B', 36, 4096, 32, 8, 12288, false],
      ['Qwen/Qwen3-14B', 40, 5120, 40, 8, 17408, false],
      ['Qwen/Qwen3-32B', 64, 5120, 64, 8, 25600, false],
    ],
    { vocabulary: () => 151936, headDim: 128 },
  ),
  ...family(
    'llama',
    [
      ['meta-llama/Llama-3.2-1B', 16, 2048, 32, 8, 8192, true],
      ['meta-llama/Llama-3.2-3B', 28, 3072, 24, 8, 8192, true],
      ['meta-llama/Llama-3.1-8B', 32, 4096, 32, 8, 14336, false],
      ['meta-llama/Llama-3.1-70B', 80, 8192, 64, 8, 28672, false],
    ],
    { vocabulary: () => 128256 },
  ),
];

export const standardPreset = 'qwen2.5-0.5b';
