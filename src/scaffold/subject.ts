import type { Facts, TrlClass } from '../collections/facts.ts';
import type { Trainer } from '../collections/trainer.ts';

/** What a set is written about: a registry record, and its classes in the release that has them. */
export interface Subject {
  trainer: Trainer;
  facts: Facts;
  trainerClass: TrlClass;
  configClass: TrlClass;
}

/**
 * The classes of a registry record in the facts of the release that it names; undefined when they are not there.
 * Some classes exist twice, in several modules: the one whose config is the record's is meant.
 */
export function subjectOf(trainer: Trainer, releases: readonly Facts[]): Subject | undefined {
  const facts = releases.find(({ trl }) => trl === trainer.facts);
  const named = facts?.classes.filter(({ name }) => name === trainer.class) ?? [];
  const trainerClass = named.find(({ config }) => config === trainer.config) ?? named[0];
  const configs = facts?.classes.filter(({ name }) => name === trainer.config) ?? [];
  const configClass =
    configs.find(({ import_path }) => import_path === trainerClass?.import_path) ?? configs[0];
  return facts && trainerClass && configClass ? { trainer, facts, trainerClass, configClass } : undefined;
}

/** The parameters of the trainer's constructor, by name, in order. */
export function constructorParameters({ trainerClass }: Subject): { name: string; required: boolean }[] {
  const init = trainerClass.methods.find(({ name }) => name === '__init__');
  return (init?.parameters ?? [])
    .filter(({ kind }) => !kind.startsWith('var_'))
    .map((parameter) => ({ name: parameter.name, required: parameter.default === null }));
}

/** The name of the trainer's Python files: `online-dpo` is `online_dpo`. */
export function pythonName({ slug }: Pick<Trainer, 'slug'>): string {
  return slug.replaceAll('-', '_');
}
