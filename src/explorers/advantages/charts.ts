import { aroundZero, type StripChart } from '../../figures/strips.ts';
import { methods } from './methods.ts';
import { type AdvantagesView, batchOf } from './view.ts';

/**
 * A chart a prompt: its rewards, and below them the advantages by method. A method's bars have one scale for both
 * prompts, its own: a factor common to a batch is no difference that a learner should see, and the numbers stand there.
 */
export function advantageCharts(view: AdvantagesView): StripChart[] {
  const batch = batchOf(view);
  const tables = methods.map((method) => method.advantages(batch));
  const domains = tables.map((table) => aroundZero(table.flat()));
  const rewards = aroundZero(batch.groups.flat());
  return batch.groups.map((group, prompt) => ({
    heading: `Prompt ${prompt + 1}`,
    columns: group
      .map((_, answer) => `answer ${answer + 1}`)
      .map((name) => (group.length > 5 ? name.slice(-1) : name)),
    strips: [
      { name: 'reward', values: group, domain: rewards, tone: 'reference' as const },
      ...methods.map(({ name }, i) => ({
        name,
        values: tables[i]?.[prompt] ?? [],
        domain: domains[i] ?? ([-1, 1] as const),
        tone: 'policy' as const,
      })),
    ],
  }));
}
