import { describe, expect, it } from 'vitest';
import { keptActivations } from '../../../src/memory/activations.ts';
import { adapterParameters } from '../../../src/memory/adapters.ts';
import { contextBytes, estimate } from '../../../src/memory/estimate.ts';
import { cacheBytes } from '../../../src/memory/generation.ts';
import { presets } from '../../../src/memory/presets.ts';
import { standardSettings, targetNames } from '../../../src/memory/settings.ts';
import { parameterCount, parameterGroups } from '../../../src/memory/shape.ts';
import { storedBytes } from '../../../src/memory/stored.ts';
import { measurements } from './measurements.ts';

/** The largest share by which a whole step may differ from the estimate; the guide states it. */
const peakTolerance = 0.03;

describe('parameters, counted by transformers', () => {
  it.each(measurements.parameters)('$model with a $head head', ({ model, shape, head, count }) => {
    expect(presets.find(({ id }) => id === model)).toMatchObject(shape);
    expect(parameterCount(shape, head)).toBe(count);
  });
  it('has every preset', () => {
    expect(new Set(measurements.parameters.map(({ model }) => model))).toEqual(
      new Set(presets.map(({ id }) => id)),
    );
  });
});

describe('tensors that autograd keeps, to the byte', () => {
  it.each(measurements.kept)(
    '$shape.family $precision $method $targets $attention padded=$padded checkpointing=$checkpointing',
    ({ bytes, targets, ...given }) => {
      const kept = keptActivations({ ...given, targets: targetNames(targets) });
      expect(given.checkpointing ? kept.checkpoint : kept.layer).toBe(bytes.layer);
      expect(kept.rest + (given.checkpointing ? 0 : kept.tables)).toBe(bytes.rest);
    },
  );
  it.each(measurements.kept.filter(({ checkpointing }) => !checkpointing))(
    'casts of weights: $shape.family $precision $method $targets',
    ({ bytes, shape, precision, method, rank, targets }) => {
      const frozen = precision === 'mixed' ? 2 * parameterGroups(shape).matrices : 0;
      const added =
        method === 'lora' && precision !== 'float32'
          ? 2 * adapterParameters(shape, rank, targetNames(targets))
          : 0;
      expect((frozen + added) / shape.layers).toBe(bytes.casts);
    },
  );
});

describe('weights, gradients and states after a step, to the byte', () => {
  it.each(measurements.stored)(
    '$shape.family $precision $method $optimiser',
    ({ bytes, shape, ...given }) => {
      const stored = storedBytes({ ...standardSettings, trainer: 'sft', model: shape, ...given });
      expect(stored.weights).toBe(bytes.weights);
      expect(stored.gradients).toBe(bytes.gradients);
      expect(stored.optimiser).toBe(bytes.states);
      // A counter of steps for each tensor, four bytes, is not counted.
      expect(bytes.counters).toBe(given.optimiser === 'adamw' ? 4 * bytes.tensors : 0);
    },
  );
});

describe('keys and values, to the byte', () => {
  it.each(measurements.cache)('$shape.family $precision', ({ bytes, ...given }) => {
    expect(cacheBytes(given)).toBe(bytes.cache);
  });
});

describe('two steps of a real trainer', () => {
  it.each(measurements.peaks)(
    '$trainer $precision $method checkpointing=$checkpointing accumulation=$accumulation penalty=$penalty minibatches=$miniBatches',
    ({ bytes, shape, completion, prompt, ...given }) => {
      const length = prompt
        ? { prompt, completion }
        : bytes.length > 0
          ? { prompt: 1, completion: bytes.length - 1 }
          : { prompt: 3, completion };
      const { total } = estimate({
        ...standardSettings,
        ...given,
        model: shape,
        targets: 'all-linear',
        padding: false,
        ...length,
      });
      const measured = bytes.models + bytes.peak;
      expect(Math.abs(total - contextBytes - measured) / measured).toBeLessThan(peakTolerance);
    },
  );
});
