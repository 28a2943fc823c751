import { type LinearName, linears, type ModelShape } from './shape.ts';

/** Parameters of LoRA's pairs A (r × inputs) and B (outputs × r), all layers. */
export function adapterParameters(shape: ModelShape, rank: number, targets: readonly LinearName[]): number {
  const layer = linears(shape)
    .filter(({ name }) => targets.includes(name))
    .reduce((sum, { inputs, outputs }) => sum + rank * (inputs + outputs), 0);
  return shape.layers * layer;
}
