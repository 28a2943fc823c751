import type { DistilledFile } from '../collections/distilled.ts';
import type { TrlMethod } from '../collections/facts.ts';
import { lossFields } from './field-groups.ts';
import type { Subject } from './subject.ts';

/** A block that the annotated trainer walks through: a region of the distilled file. */
export interface PlannedRegion {
  /** `generalized-jsd-loss`. */
  name: string;
  /** `GKDTrainer.generalized_jsd_loss`. */
  mirrors: string[];
  /** The method; undefined for the config's options. */
  method?: TrlMethod;
  /** Numbers of the markers in its code: as many remarks stand on the page. */
  markers: number[];
}

/** Plumbing, and what runs on other machines: distilled files leave it out and say so. */
const leftOut =
  /^__|^_?(save|load|send|create_model_card|push|enable_gradient_checkpointing|maybe_log_save)|vllm|fsdp|vision|dataloader|train_sampler|generate_from_model_and_ref|model_card|telemetry/;

/** The methods that the class itself defines, in the order of its source. */
function ownMethods({ trainerClass }: Subject): TrlMethod[] {
  return trainerClass.methods
    .filter(({ inherited_from, lines }) => inherited_from === null && lines !== null)
    .sort((a, b) => (a.lines?.[0] ?? 0) - (b.lines?.[0] ?? 0));
}

/** The regions of a new distilled file: the options, then the class's own methods. */
export function plannedRegions(subject: Subject): PlannedRegion[] {
  const { trainerClass, configClass } = subject;
  const taken = new Set(['options']);
  const methods = ownMethods(subject)
    .filter(({ name }) => !leftOut.test(name))
    .map((method) => {
      const plain = method.name
        .replace(/^_+|_+$/g, '')
        .replaceAll(/_+/g, '-')
        .toLowerCase();
      const name = taken.has(plain) ? `${plain}-${method.lines?.[0]}` : plain;
      taken.add(name);
      return { name, mirrors: [`${trainerClass.name}.${method.name}`], method, markers: [] };
    });
  const options = { name: 'options', mirrors: [configClass.name], markers: [] };
  return [...(simpleFields(subject).length > 0 ? [options] : []), ...methods];
}

/** The methods that the distilled file leaves out. */
export function methodsLeftOut(subject: Subject): string[] {
  return ownMethods(subject)
    .map(({ name }) => name)
    .filter((name) => name !== '__init__' && leftOut.test(name));
}

/** The regions of a distilled file that is there already. */
export function regionsOf({ regions }: DistilledFile): PlannedRegion[] {
  return regions.map(({ name, mirrors, markers }) => ({ name, mirrors, markers }));
}

/** Fields of the loss whose defaults can stand in a dataclass as they are; at most as many as a region has room for. */
export function simpleFields({ configClass }: Subject): { name: string; type: string; default: string }[] {
  return lossFields(configClass)
    .flatMap((field) =>
      field.default === null || /[[{(]/.test(field.default) ? [] : [{ ...field, default: field.default }],
    )
    .slice(0, 18);
}
