import { toWrite } from '../collections/unfinished.ts';
import { pythonList } from './python-text.ts';
import { constructorParameters, type Subject } from './subject.ts';

/** Which head the trained model has: what the data's format and the family ask for. */
export type ModelHead = 'language' | 'score' | 'steps';

const loaders: Record<ModelHead, string> = {
  language: 'AutoModelForCausalLM',
  score: 'AutoModelForSequenceClassification',
  steps: 'AutoModelForTokenClassification',
};

export function headOf({ trainer }: Subject): ModelHead {
  if (trainer.data.format === 'stepwise') return 'steps';
  return trainer.family === 'reward' ? 'score' : 'language';
}

/** The class of transformers that loads the trained model. */
export function loaderOf(subject: Subject): string {
  return loaders[headOf(subject)];
}

/** Arguments of that loader beside the path. */
export function loadedLabels(subject: Subject): string[] {
  return { language: [], score: ['num_labels=1'], steps: ['num_labels=2'] }[headOf(subject)];
}

/** Public data of each format, as other scripts of the site load it. */
export const dataSets = {
  'language-modeling': 'trl-lib/Capybara',
  'prompt-completion': 'trl-lib/Capybara',
  preference: 'trl-lib/ultrafeedback_binarized',
  'unpaired-preference': 'trl-lib/kto-mix-14k',
  'prompt-only': 'trl-lib/ultrafeedback-prompt',
  stepwise: 'trl-lib/math_shepherd',
} as const;

/** The trained model of the default run. */
export const defaultModel = 'Qwen/Qwen2.5-0.5B-Instruct';

/** The variables of the script that each parameter of a constructor is given. */
const given: Readonly<Record<string, string>> = {
  model: 'model',
  teacher_model: 'teacher',
  reward_funcs: 'reward',
  reward_model: 'reward',
  args: 'config',
  train_dataset: 'train_dataset',
  processing_class: 'tokenizer',
};

/** Parameters whose default is None although the trainer cannot do without. */
const needed = new Set([
  'model',
  'teacher_model',
  'reward_funcs',
  'args',
  'train_dataset',
  'processing_class',
]);

/**
 * The arguments of the trainer's call: what the script has a variable for, and a mark for what it has not.
 *
 * @param extra further ones, when the constructor takes them: `peft_config`
 */
export function callArguments(subject: Subject, extra: Readonly<Record<string, string>> = {}): string[] {
  const values = { ...given, ...extra };
  return constructorParameters(subject).flatMap(({ name, required }) => {
    const value = values[name];
    if (value !== undefined && (required || needed.has(name) || Object.hasOwn(extra, name)))
      return [`${name}=${value}`];
    return required ? [`# ${toWrite(`${name}=…, which has no default`)}`] : [];
  });
}

/** Whether the constructor takes a parameter. */
export function takes(subject: Subject, name: string): boolean {
  return constructorParameters(subject).some((parameter) => parameter.name === name);
}

/** The import of the trainer and its config, sorted as Ruff sorts. */
export function trainerImport({ trainer, trainerClass }: Subject): string {
  const names = [trainer.config, trainer.class].sort();
  return `from ${trainerClass.import_path} import ${names.join(', ')}`;
}

/** The shortest script that trains, for the page: it downloads a model, and no test runs it. */
export function minimalScript(subject: Subject): string {
  const { trainer } = subject;
  const loader = loaderOf(subject);
  const values: Record<string, string> = {
    model: `${loader}.from_pretrained(${['name', 'dtype=torch.float32', ...loadedLabels(subject)].join(', ')})`,
    teacher: 'AutoModelForCausalLM.from_pretrained(larger, dtype=torch.float32)',
    reward: trainer.models.includes('reward') ? '"trl-lib/Qwen2-0.5B-Reward"' : 'shorter_is_better',
    config: `${trainer.config}(output_dir="${trainer.slug}")`,
    train_dataset: `load_dataset("${dataSets[trainer.data.format]}", split="train")`,
    tokenizer: 'AutoTokenizer.from_pretrained(name)',
  };
  const call = callArguments(subject).map((argument) => {
    const [name, variable] = argument.split('=');
    const value = variable === undefined ? undefined : values[variable];
    return value === undefined ? argument : `${name}=${value}`;
  });
  const usesFunction = call.some((argument) => argument.endsWith('=shorter_is_better'));
  return [
    'import torch',
    'from datasets import load_dataset',
    `from transformers import ${[loader, 'AutoTokenizer', ...(takes(subject, 'teacher_model') && loader !== 'AutoModelForCausalLM' ? ['AutoModelForCausalLM'] : [])].sort().join(', ')}`,
    trainerImport(subject),
    '',
    `name = "${defaultModel}"`,
    ...(takes(subject, 'teacher_model') ? ['larger = "Qwen/Qwen2.5-1.5B-Instruct"'] : []),
    ...(usesFunction
      ? ['shorter_is_better = lambda completions, **_: [-len(c[0]["content"]) for c in completions]']
      : []),
    `# ${toWrite('shorten it, and try it once with a real model.')}`,
    ...pythonList(`trainer = ${trainer.class}(`, call, ')'),
    'trainer.train()',
  ].join('\n');
}
