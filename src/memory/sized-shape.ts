import { presets } from './presets.ts';
import { type ModelShape, parameterCount } from './shape.ts';

/** Sizes that a shape can be interpolated for, in billions of parameters. */
export const sizeLimits = [0.4, 80] as const;

const ladder = presets.filter(({ family }) => family === 'qwen2');

/**
 * A shape of about `billions` parameters, for a model that is no preset: widths interpolated between the two
 * neighbouring Qwen2.5 sizes on a logarithmic scale, then as many layers as bring the count closest.
 * An interpolation, no model: its parameter count is off by at most half a layer.
 */
export function shapeOfSize(billions: number): ModelShape {
  const wanted = Math.min(sizeLimits[1], Math.max(sizeLimits[0], billions)) * 1e9;
  const counts = ladder.map((preset) => parameterCount(preset));
  const above = counts.findIndex((count) => count >= wanted);
  const high = above < 0 ? ladder.length - 1 : Math.max(1, above);
  const [a, b] = [ladder[high - 1], ladder[high]];
  const [from, to] = [counts[high - 1], counts[high]];
  if (!a || !b || !from || !to) throw new Error('shapeOfSize: expected two presets of Qwen2.5 or more');
  const along = Math.log(wanted / from) / Math.log(to / from);
  const between = (low: number, top: number, step: number) =>
    Math.max(step, Math.round((low * (top / low) ** along) / step) * step);
  const nearest = along < 0.5 ? a : b;
  const headDim = nearest.headDim;
  const hidden = between(a.hidden, b.hidden, headDim);
  const shape: ModelShape = {
    family: 'qwen2',
    layers: 1,
    hidden,
    heads: hidden / headDim,
    kvHeads: nearest.kvHeads,
    headDim,
    intermediate: between(a.intermediate, b.intermediate, 256),
    vocabulary: nearest.vocabulary,
    tied: nearest.tied,
  };
  const one = parameterCount(shape);
  const layer = parameterCount({ ...shape, layers: 2 }) - one;
  return { ...shape, layers: Math.max(1, 1 + Math.round((wanted - one) / layer)) };
}
