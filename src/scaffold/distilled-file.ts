import { toWrite } from '../collections/unfinished.ts';
import { pythonList, pythonLiteral, wrapped } from './python-text.ts';
import { methodsLeftOut, type PlannedRegion, simpleFields } from './regions.ts';
import { pythonName, type Subject } from './subject.ts';

/** `content/distilled/<slug>.py`: a stub for each region, to be filled with code of our own. */
export function distilledFile(subject: Subject, regions: readonly PlannedRegion[]): string {
  const { trainer, facts, trainerClass } = subject;
  const left = methodsLeftOut(subject).map((name) => `\`${name}\``);
  const intro = [
    `${trainer.title} from the data to the gradient, in plain PyTorch.`,
    '',
    ...wrapped(
      toWrite(
        `what the method does, in a sentence; and that the file computes what \`${trainer.class}\` of TRL ${facts.trl} (\`${trainerClass.import_path}\`) computes, once \`test_distilled_${pythonName(trainer)}.py\` has compared them. Merge, split and order the regions as a reader needs them; each has at most 25 lines.`,
      ),
      100,
    ),
    '',
    ...wrapped(
      `Left out: distributed training${left.length > 0 ? `, ${left.join(', ')}` : ''}. ${toWrite('what else is left out.')}`,
      100,
    ),
    '',
    ...wrapped(toWrite('the letters of the shapes. B: rows of the batch. T: tokens. V: vocabulary.'), 100),
  ];
  const stubs = regions.map((region) => (region.method ? methodStub(region, subject) : optionsStub(subject)));
  const hasOptions = regions.some(({ method }) => !method);
  return [
    `"""${intro.join('\n')}\n"""`,
    '',
    'from __future__ import annotations',
    '',
    ...(hasOptions ? ['from dataclasses import dataclass'] : []),
    'from typing import Any',
    '',
    '',
    stubs.join('\n\n\n'),
    '',
  ].join('\n');
}

function optionsStub(subject: Subject): string {
  const { trainer, configClass } = subject;
  return [
    `# region options mirrors ${configClass.name}`,
    '@dataclass(frozen=True)',
    `class ${trainer.class.replace(/Trainer$/, '')}Options:`,
    `    """${toWrite("keep the fields that shape the loss. Names and defaults are TRL's.")}"""`,
    '',
    ...simpleFields(subject).map(
      (field) => `    ${field.name}: ${field.type} = ${pythonLiteral(field.default)}`,
    ),
    '',
    '',
    '# endregion',
  ].join('\n');
}

function methodStub({ name, mirrors, method }: PlannedRegion, { facts }: Subject): string {
  const parameters = (method?.parameters ?? [])
    .filter(({ kind }) => !kind.startsWith('var_'))
    .map((parameter) => `${parameter.name}: Any`);
  const [first, last] = method?.lines ?? [0, 0];
  return [
    `# region ${name} mirrors ${mirrors.join(', ')}`,
    ...pythonList(`def ${name.replaceAll('-', '_')}(`, parameters, ') -> Any:'),
    `    """${toWrite('what it computes, with the shape of every tensor.')}"""`,
    ...pythonList(
      'raise NotImplementedError(',
      [`"${toWrite(`lines ${first} to ${last} of TRL ${facts.trl}, in our own code`)}"`],
      ')',
      4,
    ),
    '',
    '',
    '# endregion',
  ].join('\n');
}
