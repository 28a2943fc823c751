import type { Place } from '../../errors/problem.ts';
import type { CodeBlock } from './markdown-code.ts';

/** An option of a command of TRL: `--max_seq_length` of `trl sft`. */
export interface CommandOption extends Place {
  /** The trainer: `sft`. */
  trainer: string;
  /** With underscores, without the dashes. */
  name: string;
}

/** The options of `trl sft --beta 0.1 …` in a block of shell code, over lines that end in a backslash. */
export function commandOptions(file: string, { text, line, indents }: CodeBlock): CommandOption[] {
  let trainer: string | undefined;
  return text.split('\n').flatMap((code, index) => {
    const command = /^\s*(?:\$ |! ?)?(?:[A-Z_]+=\S+ )*(trl [a-z_]+)\b/.exec(code);
    if (command) trainer = command[1]?.slice('trl '.length);
    const of = trainer;
    if (!/\\\s*$/.test(code)) trainer = undefined;
    if (of === undefined) return [];
    return [...code.matchAll(/(?<=\s)--([A-Za-z][\w-]*)/g)].map((option) => ({
      trainer: of,
      name: (option[1] ?? '').replaceAll('-', '_'),
      file,
      line: line + index,
      column: option.index + (indents[index] ?? 0) + 3,
      length: option[1]?.length ?? 1,
    }));
  });
}
