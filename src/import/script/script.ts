import { stringify } from 'smol-toml';
import type { z } from 'zod';
import type { exampleScriptSchema } from '../../collections/example-script.ts';
import { findMetadata } from '../../collections/pep723.ts';
import { parseScript } from '../../collections/script.ts';
import type { Trainer } from '../../collections/trainer.ts';
import { type Problem, problem } from '../../errors/problem.ts';
import type { ImportFile } from '../import-file.ts';
import { coversOf, questionOf, summaryOf, titleOf } from '../page/metadata.ts';
import { dependenciesOf } from './dependencies.ts';
import { docstringOf, labelled, tellingLines } from './docstring.ts';
import { type Section, sectionsOf } from './sections.ts';

/** A script as the content folder holds it. */
export interface ImportedScript {
  title: string;
  text: string;
  problems: Problem[];
}

/**
 * Gives a script the header that makes it a page, and cells. Every line of it stays; a marker that would make
 * Markdown of what follows it, and a header that is no valid one, are written a little otherwise, and reported.
 *
 * @param provenance what its page says that nobody checked; Markdown
 */
export function importScript(
  file: ImportFile,
  trainer: Trainer | undefined,
  provenance: string,
): ImportedScript {
  const problems: Problem[] = [];
  const tell = (line: number, message: string) =>
    problems.push(
      problem('import-changed', { file: file.shown, line, column: 1 }, message, { severity: 'warning' }),
    );
  const docstring = docstringOf(file.text) ?? '';
  const telling = tellingLines(docstring);
  const sections = /^# %%(?:\s|$)/m.test(file.text) ? [] : sectionsOf(file.text);
  const title = titleOf(telling[0] ?? '', file.path);
  const tutorial = {
    title,
    question: questionOf(title, 'script', trainer),
    summary: summaryOf([labelled(docstring, 'purpose'), telling.slice(1, 4).join(' ')], title, file.path),
    trainers: file.trainers,
    difficulty: trainer?.difficulty ?? 2,
    covers: coversOf(
      sections.map((section) => section.title),
      title,
    ),
    verified: false,
    unchecked: [provenance],
  } satisfies z.input<typeof exampleScriptSchema>;

  const lines = tamed(file.text.split('\n'), tell);
  const own = ownHeader(lines.join('\n'), tutorial, file.path);
  if (own !== undefined) return { title, text: own, problems };
  const bare = lines.map((line, index) => {
    if (!/^# \/\/\/ script\s*$/.test(line)) return line;
    tell(index + 1, 'the header of the script is not one that the site reads; it stays as a comment');
    return '# /// script, as imported';
  });
  return { title, text: assemble(bare, sections, header(tutorial, file.text)), problems };
}

type Tutorial = z.input<typeof exampleScriptSchema>;

/** The PEP 723 block as comment lines. */
function header(tutorial: Tutorial, python: string): string[] {
  const block = { 'requires-python': '>=3.10', dependencies: dependenciesOf(python), tool: { tutorial } };
  return ['# /// script', ...commented(stringify(block)), '# ///'];
}

function commented(toml: string): string[] {
  return toml
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? '#' : `# ${line}`));
}

/** Header and cells between the lines: the first cell holds the docstring, each section begins another. */
function assemble(lines: readonly string[], sections: readonly Section[], head: readonly string[]): string {
  const start = topOf(lines);
  const titles = new Map(sections.map(({ line, title }) => [line, title]));
  const body = lines.slice(start).flatMap((line, index) => {
    const title = titles.get(index + start);
    return title === undefined ? [line] : [`# %% ${title}`, line];
  });
  return `${[...lines.slice(0, start), ...head, '', '# %%', ...body].join('\n').trimEnd()}\n`;
}

/** How many lines must stay first: the shell's and the encoding. */
function topOf(lines: readonly string[]): number {
  const top = lines.findIndex((line, index) => index > 1 || !/^#!|^#.*coding[:=]/.test(line));
  return top < 0 ? lines.length : top;
}

/** A script that brings a valid header keeps it, with the tutorial's table added; undefined when that is no way. */
function ownHeader(text: string, tutorial: Tutorial, path: string): string | undefined {
  const { block, problems } = findMetadata(text, path);
  if (!block || problems.length > 0 || /\[\s*tool\s*\.\s*tutorial/.test(block.toml)) return undefined;
  const lines = text.split('\n');
  const missing = [
    ...(/^\s*requires-python\s*=/m.test(block.toml) ? [] : ['# requires-python = ">=3.10"']),
    ...(/^\s*dependencies\s*=/m.test(block.toml)
      ? []
      : commented(stringify({ dependencies: dependenciesOf(text) }))),
  ];
  const top = topOf(lines);
  const merged = [
    ...lines.slice(0, top),
    '# %%',
    ...lines.slice(top, block.startLine),
    ...missing,
    ...lines.slice(block.startLine, block.endLine - 1),
    '#',
    ...commented(stringify({ tool: { tutorial } })),
    ...lines.slice(block.endLine - 1),
  ].join('\n');
  const parsed = parseScript(merged, path);
  return parsed.header && parsed.problems.length === 0 ? `${merged.trimEnd()}\n` : undefined;
}

/** Cells of Markdown become cells of code: what stands in them is shown as it is written, and nothing of it runs. */
function tamed(lines: readonly string[], tell: (line: number, message: string) => void): string[] {
  return lines.map((line, index) => {
    if (!/^# %%(?:\s|$)/.test(line)) return line;
    const plain = line
      .replace(/\[(?:markdown|md)\]/g, '')
      .replace(/`/g, "'")
      .trimEnd();
    if (plain !== line)
      tell(
        index + 1,
        `the marker \`${line.slice(0, 60)}\` begins a cell of code, so that its text shows as written`,
      );
    return plain;
  });
}
