import { formatNumber } from '../../figures/number.ts';
import { nf4Bytes, stateBytes, trainedBytes, weightBytes } from '../../memory/bytes.ts';
import type { Estimate } from '../../memory/estimate.ts';
import type { PartName } from '../../memory/parts.ts';
import { parameterCount, parameterGroups } from '../../memory/shape.ts';
import { type MemoryView, settingsOf } from './view.ts';

/** A count as readers write it: 494,032,768. */
const count = (value: number) => Math.round(value).toLocaleString('en-US');

/** How a part is counted, in this run's numbers; the guide derives each formula. As HTML. */
export function formulaOf(part: PartName, view: MemoryView, { run, stored }: Estimate): string {
  const settings = settingsOf(view);
  const { shape, profile, rows, length, scored } = run;
  const { precision, method, optimiser, zero, gpus } = settings;
  const kind = profile.head === 'score' ? 'score' : 'language';
  const parameters = parameterCount(shape, kind);
  const element = zero > 0 ? 2 : weightBytes(precision);
  const shared = (stage: number) => (zero >= stage ? ` / ${gpus} cards` : '');
  switch (part) {
    case 'weights': {
      if (method !== 'qlora')
        return `${count(parameters)} × ${element} bytes${method === 'lora' ? ', and the adapters' : ''}${shared(3)}`;
      const { matrices } = parameterGroups(shape, kind);
      return `${count(matrices)} × ${formatNumber(nf4Bytes, 4)} bytes, the other ${count(parameters - matrices)} × ${element}, and the adapters`;
    }
    case 'value':
      return `a model of ${count(parameterCount(shape, 'score'))} × ${element} bytes${shared(3)}`;
    case 'reference':
      return `${count(parameters)} × ${element} bytes${shared(3)}`;
    case 'reward':
      return `each ${count(parameterCount(shape, 'score'))} parameters`;
    case 'gradients': {
      const each = zero > 0 ? 2 : trainedBytes(method, precision);
      return `of ${count(stored.trained)} trained × ${each} bytes, as far as they are there at this moment${stored.buckets > 0 ? '; twice, for what is sent' : ''}${shared(2)}`;
    }
    case 'optimiser': {
      if (zero > 0)
        return `${count(stored.trained)} × 12 bytes: two moments and a copy in float32${shared(1)}`;
      const each = stateBytes(optimiser, trainedBytes(method, precision));
      return `${count(stored.trained)} × ${formatNumber(each, 4)} bytes`;
    }
    case 'casts':
      return method === 'qlora'
        ? 'the largest matrix, unpacked'
        : 'bfloat16 copies of float32 matrices, 2 bytes each';
    case 'activations':
      return settings.checkpointing
        ? `${count(rows * length)} tokens: the input of each of ${shape.layers} layers, and one layer in full`
        : `${count(rows * length)} tokens × ${shape.layers} layers, all that the backward pass reads`;
    case 'logits':
      return profile.head === 'fused'
        ? `${count(rows * scored)} scored tokens, in tiles of at most 4,096 × 32,768`
        : profile.head === 'score'
          ? `${count(rows * length)} numbers`
          : `${count(rows * length)} tokens × ${count(shape.vocabulary)} words`;
    case 'cache':
      return `${count(run.sampled)} completions × ${count(length - 1)} tokens × ${shape.layers} layers`;
    case 'overhead':
      return 'a rule of thumb, not measured here';
  }
}
