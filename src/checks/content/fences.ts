import { parseFence } from '../../markdown/fence.ts';

/** A Python fence of a Markdown text. */
export interface PythonFence {
  text: string;
  /** Line of the Markdown where `text` starts, from 1. */
  line: number;
  /** Columns that every line of the fence is indented by. */
  indent: number;
}

/**
 * The Python fences of a Markdown or MDX text, except those marked `unchecked`.
 * Reads lines only: a fence opens with three or more backticks or tildes and closes with at least as
 * many. What stands in an MDX comment is no fence.
 */
export function pythonFences(markdown: string): PythonFence[] {
  const lines = markdown.split('\n');
  const fences: PythonFence[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (line.trimStart().startsWith('{/*')) {
      while (index < lines.length && !lines[index]?.includes('*/}')) index += 1;
      continue;
    }
    const open = /^(?<indent>[ \t]*)(?<ticks>`{3,}|~{3,})[ \t]*(?<info>.*)$/.exec(line)?.groups;
    if (!open) continue;
    const { indent = '', ticks = '', info = '' } = open;
    if (ticks.startsWith('`') && info.includes('`')) continue;
    const close = new RegExp(`^[ \\t]*${ticks[0] === '`' ? '`' : '~'}{${ticks.length},}[ \\t]*$`);
    const end = lines.findIndex((each, at) => at > index && close.test(each));
    const stop = end < 0 ? lines.length : end;
    const [language, ...meta] = info.split(' ');
    if (language === 'python' && parseFence(meta.join(' ')).fence.unchecked === undefined) {
      const text = lines.slice(index + 1, stop).map((each) => dedent(each, indent.length));
      fences.push({ text: text.join('\n'), line: index + 2, indent: indent.length });
    }
    index = stop;
  }
  return fences;
}

function dedent(line: string, width: number): string {
  const spaces = line.length - line.trimStart().length;
  return line.slice(Math.min(width, spaces));
}
