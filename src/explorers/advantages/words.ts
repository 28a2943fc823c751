import { formatFixed, formatNumber } from '../../figures/number.ts';
import { deviation, mean } from '../statistics.ts';
import { tableMarkup } from '../table-markup.ts';
import { drGrpo, grpo, grpoBatch, isFlat, ppo, reinforcePlusPlus, rloo } from './formulas.ts';
import { methods } from './methods.ts';
import { type AdvantagesView, batchOf } from './view.ts';

const four = (value: number) => formatFixed(value, 4);
const signed = (value: number) => (value > 0 && four(value) !== '0.0000' ? `+${four(value)}` : four(value));
const largest = (row: readonly number[]) => Math.max(...row.map(Math.abs));

/** What the rewards teach, as list items. Numbers and names of ours alone: nothing to escape. */
export function readingsMarkup(view: AdvantagesView): string {
  return readings(view)
    .map((reading) => `<li>${reading}</li>`)
    .join('');
}

/** What the rewards teach, a sentence or two each. */
export function readings(view: AdvantagesView): string[] {
  const batch = batchOf(view);
  const flat = batch.groups.flatMap((group, prompt) => (isFlat(group) ? [prompt] : []));
  return [
    ...(flat.length > 0 ? [flatReading(view, flat)] : []),
    ...(view.answers === 2 ? pairReading(view, flat) : []),
    ...(view.answers > 2 ? batch.groups.flatMap((group, prompt) => loneReading(view, group, prompt)) : []),
    ...(flat.length === 0 ? [loudnessReading(view)] : []),
    scaleReading(view),
  ];
}

/** All rewards of a prompt equal: nothing to compare, and who is not silenced by that. */
function flatReading(view: AdvantagesView, flat: readonly number[]): string {
  const batch = batchOf(view);
  const names = flat.map((prompt) => `prompt ${prompt + 1}`).join(' and ');
  const plus = reinforcePlusPlus(batch.groups);
  const value = ppo(batch.groups, batch.values, batch.whiten);
  const firsts = (table: number[][]) => flat.map((prompt) => signed(table[prompt]?.[0] ?? 0)).join(' and ');
  const without = flat.every((prompt) => largest(plus[prompt] ?? []) < 5e-5)
    ? 'REINFORCE++ gives 0 too, since the whole batch has one reward.'
    : `REINFORCE++ has no groups: it gives ${firsts(plus)}, for the prompt and not for the answer.`;
  return `All rewards of ${names} are equal. The standard deviation is 0, and GRPO under every scale_rewards, Dr. GRPO and RLOO give 0: no gradient. ${without} PPO with a value gives ${firsts(value)}: it compares with what it expected.`;
}

/** G = 2: scale_rewards="group" leaves who won, and nothing of by how much. */
function pairReading(view: AdvantagesView, flat: readonly number[]): string[] {
  const { groups } = batchOf(view);
  const scaled = grpo(groups);
  const plain = drGrpo(groups);
  const told = groups.flatMap((group, prompt) => {
    if (flat.includes(prompt)) return [];
    const difference = Math.abs((group[0] ?? 0) - (group[1] ?? 0));
    return [
      `a difference of ${formatNumber(difference)} becomes ±${four(largest(scaled[prompt] ?? []))} (Dr. GRPO: ±${four(largest(plain[prompt] ?? []))})`,
    ];
  });
  return told.length === 0
    ? []
    : [
        `G = 2: two rewards have the standard deviation |r₁ − r₂|/√2, so scale_rewards="group" divides the difference by itself: ${told.join(', ')}. Only the 10⁻⁴ remembers how large it was.`,
      ];
}

/** One answer against equals: the largest advantage that a group allows. */
function loneReading(view: AdvantagesView, group: readonly number[], prompt: number): string[] {
  const lone = group.findIndex((_, i) => isFar(group, i));
  if (lone < 0) return [];
  const scaled = grpo(batchOf(view).groups)[prompt] ?? [];
  const left = rloo(batchOf(view).groups)[prompt] ?? [];
  const most = (view.answers - 1) / Math.sqrt(view.answers);
  const others = scaled.filter((_, i) => i !== lone);
  const low = signed(Math.min(...others));
  const high = signed(Math.max(...others));
  const rest =
    low === high
      ? `The others get ${low} each.`
      : `The others lie from ${low} to ${high}: what sets them apart hardly counts.`;
  return [
    `Prompt ${prompt + 1}, answer ${lone + 1} stands apart from all others. RLOO gives it ${signed(left[lone] ?? 0)}, as far as it lies from their mean; scale_rewards="group" gives ${signed(scaled[lone] ?? 0)}, and never more than (G − 1)/√G = ${four(most)}. ${rest}`,
  ];
}

/** Whether one reward lies at least five times as far from the others' mean as they from each other. */
function isFar(group: readonly number[], index: number): boolean {
  const reward = group[index] ?? 0;
  const others = group.filter((_, i) => i !== index);
  const reach = Math.max(...others) - Math.min(...others);
  return Math.abs(reward - mean(others)) > Math.max(5 * reach, 1e-9);
}

/** How much of a batch's push each prompt has, under the three scalings. */
function loudnessReading(view: AdvantagesView): string {
  const { groups } = batchOf(view);
  const share = (table: number[][]) => {
    const [first = 0, second = 0] = table.map((row) => row.reduce((sum, value) => sum + Math.abs(value), 0));
    return `${Math.round((100 * second) / (first + second))} %`;
  };
  return `Prompt 2 has ${share(grpo(groups))} of all |advantages| under scale_rewards="group", ${share(grpoBatch(groups))} under "batch" and ${share(drGrpo(groups))} under "none". Divided by its own group's deviation, a prompt is as loud as any other, however far its rewards lie apart.`;
}

/** What of the methods is the same but for a factor. */
function scaleReading(view: AdvantagesView): string {
  const { groups } = batchOf(view);
  const g = view.answers;
  const spread = deviation(groups.flat());
  return `RLOO is G/(G − 1) = ${formatNumber(g / (g - 1), 4)} times Dr. GRPO, and "batch" is Dr. GRPO divided by ${four(spread)}, the standard deviation of all ${2 * g} rewards, plus 10⁻⁴.`;
}

/** One answer under every method, for the line that follows the reader's edits. */
export function answerInWords(view: AdvantagesView, prompt: number, answer: number): string {
  const batch = batchOf(view);
  const values = methods.map(
    ({ name, advantages }) => `${name} ${signed(advantages(batch)[prompt]?.[answer] ?? Number.NaN)}`,
  );
  return `Prompt ${prompt + 1}, answer ${answer + 1}, reward ${formatNumber(batch.groups[prompt]?.[answer] ?? Number.NaN)}: ${values.join('; ')}`;
}

/** A prompt's chart in one sentence, for those who do not see it. */
export function describe(view: AdvantagesView, prompt: number): string {
  const batch = batchOf(view);
  const list = (row: readonly number[] = []) => row.map((value) => formatNumber(value, 4)).join(', ');
  const rows = methods.map(({ name, advantages }) => `${name}: ${list(advantages(batch)[prompt])}`);
  return `Rewards ${list(batch.groups[prompt])}. Advantages by ${rows.join('; ')}.`;
}

/** All advantages to four decimals: a table a prompt, a row a method. As HTML. */
export function numbersMarkup(view: AdvantagesView): string {
  const batch = batchOf(view);
  const row = (name: string, values: readonly string[]) =>
    `<tr><th scope="row">${name}</th>${values.map((value) => `<td>${value}</td>`).join('')}</tr>`;
  return batch.groups
    .map((group, prompt) => {
      const rows = methods.map(({ name, advantages }) =>
        row(name, (advantages(batch)[prompt] ?? []).map(four)),
      );
      const rewards = row(
        'reward',
        group.map((reward) => formatNumber(reward, 6)),
      );
      const heads = ['answer', ...group.map((_, i) => String(i + 1))];
      return tableMarkup(`Prompt ${prompt + 1}: advantages by answer`, heads, [rewards, ...rows]);
    })
    .join('');
}

/** Which formula each method has, and from where. As HTML. */
export function formulasMarkup(): string {
  const rows = methods.map(
    ({ name, formula, source }) =>
      `<tr><th scope="row">${name}</th><td>${formula}</td><td>${source}</td></tr>`,
  );
  const caption = 'Advantage of an answer with reward r; std has n − 1 below';
  return tableMarkup(caption, ['method', 'formula', 'from'], rows);
}
