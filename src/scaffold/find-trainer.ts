import type { Facts, TrlClass } from '../collections/facts.ts';
import type { Trainer } from '../collections/trainer.ts';
import { nearest } from '../errors/suggest.ts';

/** What a name on the command line means. */
export type FoundTrainer =
  | { kind: 'record'; trainer: Trainer }
  /** TRL has the class, the registry no record of it. */
  | { kind: 'class'; trlClass: TrlClass; facts: Facts }
  | { kind: 'unknown'; meant: string | undefined };

/**
 * Finds a trainer by slug, name, title, class, config or alias: `online-dpo`, `Online DPO`, `online_dpo`,
 * `OnlineDPOTrainer`. Case, spaces, hyphens and underscores make no difference.
 */
export function findTrainer(
  text: string,
  trainers: readonly Trainer[],
  releases: readonly Facts[],
): FoundTrainer {
  const wanted = folded(text);
  const record =
    trainers.find(({ slug }) => folded(slug) === wanted) ??
    trainers.find((each) => namesOf(each).some((name) => folded(name) === wanted));
  if (record) return { kind: 'record', trainer: record };
  const classes = releases.flatMap((facts) => trainerClasses(facts).map((trlClass) => ({ trlClass, facts })));
  const known = new Set(trainers.map((trainer) => trainer.class));
  const own = classes.find(
    ({ trlClass: { name } }) =>
      !known.has(name) && [name, name.replace(/Trainer$/, '')].some((each) => folded(each) === wanted),
  );
  if (own) return { kind: 'class', ...own };
  // Of names that differ in case only the last one counts.
  const names = [
    ...classes.flatMap(({ trlClass: { name } }) => [name.replace(/Trainer$/, ''), name]),
    ...trainers.flatMap((each) => [...namesOf(each), each.slug]),
  ];
  return { kind: 'unknown', meant: nearest(text, names) };
}

/** Trainers that a user of TRL can name: without the base classes. */
export function trainerClasses({ classes }: Pick<Facts, 'classes'>): TrlClass[] {
  return classes.filter(
    ({ kind, name, config }) => kind === 'trainer' && !name.startsWith('_') && config !== null,
  );
}

function namesOf(trainer: Trainer): string[] {
  return [trainer.name, trainer.title, trainer.class, trainer.config, ...trainer.aliases];
}

function folded(text: string): string {
  return text.toLowerCase().replace(/[\s_-]+/g, '');
}
