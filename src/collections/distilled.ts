import { type Problem, problem } from '../errors/problem.ts';
import { markersOf } from './marker.ts';

/** A reader keeps about this many lines of code in view beside the prose. */
const longest = 25;

/** A named piece of a distilled file, shown beside the prose that explains it. */
export interface Region {
  /** Kebab-case, unique in the file. */
  name: string;
  /** The TRL symbols whose computation it repeats. */
  mirrors: string[];
  /** First and last line of the code in the file, from 1. */
  startLine: number;
  endLine: number;
  /** The code without common indentation, markers still in it. */
  code: string;
  /** Numbers of its markers, in order of appearance. */
  markers: number[];
}

/** A file of content/distilled/. */
export interface DistilledFile {
  /** File name without .py. */
  name: string;
  file: string;
  text: string;
  regions: Region[];
  problems: Problem[];
}

const opening = /^\s*#\s*region\b(?<rest>.*)$/;
const closing = /^\s*#\s*endregion\b/;
const header = /^\s+(?<name>[a-z0-9]+(?:-[a-z0-9]+)*)\s+mirrors\s+(?<mirrors>\S.*?)\s*$/;

/**
 * Takes a distilled file apart into its regions:
 * `# region log-probs mirrors DPOTrainer._compute_loss, add_fused_lm_head` ... `# endregion`.
 * Whether the mirrored symbols exist is checked where the facts are at hand.
 */
export function parseDistilled(text: string, file: string): DistilledFile {
  const name = file.slice(file.lastIndexOf('/') + 1).replace(/\.py$/, '');
  const lines = text.split('\n');
  const regions: Region[] = [];
  const problems: Problem[] = [];
  let open: { name: string; mirrors: string[]; index: number } | undefined;

  const broken = (index: number, message: string, suggestion?: string) => {
    const line = lines[index] ?? '';
    const indent = line.length - line.trimStart().length;
    const place = { file, line: index + 1, column: indent + 1, length: Math.max(1, line.trim().length) };
    problems.push(problem('region-syntax', place, message, { suggestion }));
  };

  lines.forEach((line, index) => {
    const rest = opening.exec(line)?.groups?.rest;
    if (rest !== undefined) {
      if (open) broken(index, `expected \`# endregion\` of \`${open.name}\` first, found another region`);
      const groups = header.exec(rest)?.groups;
      const found = groups?.name;
      if (!found) {
        broken(index, 'expected `# region <kebab-case-name> mirrors <symbol>[, <symbol>]`');
      } else if (regions.some((region) => region.name === found)) {
        broken(index, `the file has two regions named \`${found}\``);
      }
      const mirrors = (groups?.mirrors ?? '').split(/\s*,\s*/).filter((symbol) => symbol !== '');
      open = { name: found ?? '', mirrors, index };
    } else if (closing.test(line)) {
      if (!open) broken(index, 'found `# endregion` without a region');
      else if (open.name !== '') {
        const region = cut(lines, open, index);
        if (region.code === '') broken(open.index, `the region \`${region.name}\` is empty`);
        for (const message of markerMistakes(region.markers)) broken(open.index, message);
        if (region.endLine - region.startLine >= longest) {
          const found = region.endLine - region.startLine + 1;
          const message = `expected at most ${longest} lines in \`${region.name}\`, found ${found}`;
          const place = { file, line: open.index + 1, column: 1, length: lines[open.index]?.length ?? 1 };
          problems.push(problem('region-long', place, message));
        }
        regions.push(region);
      }
      open = undefined;
    }
  });
  if (open) broken(open.index, `the region \`${open.name}\` has no \`# endregion\``);
  return { name, file, text, regions, problems };
}

/** The lines between `# region` and `# endregion`, without blank lines at either end. */
function cut(lines: string[], open: { name: string; mirrors: string[]; index: number }, end: number): Region {
  let first = open.index + 1;
  let last = end - 1;
  while (first <= last && lines[first]?.trim() === '') first += 1;
  while (last >= first && lines[last]?.trim() === '') last -= 1;
  const code = dedent(lines.slice(first, last + 1));
  return {
    name: open.name,
    mirrors: open.mirrors,
    startLine: first + 1,
    endLine: last + 1,
    code: code.join('\n'),
    markers: code.flatMap((line) => markersOf(line).numbers),
  };
}

function dedent(lines: string[]): string[] {
  const indents = lines
    .filter((line) => line.trim() !== '')
    .map((line) => line.length - line.trimStart().length);
  const common = indents.length > 0 ? Math.min(...indents) : 0;
  return lines.map((line) => line.slice(common));
}

/** Markers count 1, 2, 3 from the top, so that remarks can be an ordinary ordered list. */
function markerMistakes(markers: number[]): string[] {
  const expected = markers.map((_, index) => index + 1);
  if (markers.every((marker, index) => marker === expected[index])) return [];
  return [`expected the markers ${expected.join(', ')} from the top, found ${markers.join(', ')}`];
}
