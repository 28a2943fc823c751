import { parser } from '@lezer/python';

/** A place before which a cell begins: the line, from 0, and what the author calls what follows. */
export interface Section {
  line: number;
  title: string;
}

const step = /^#\s*(?:(?:STEP|Step|PART|Part|SECTION|Section)\s+\d+\b|\d+[.)]\s+\S)/;
const ruler = /^#\s*[=\-─━*#~_]{8,}\s*$/;

/**
 * The sections that an author marked by comments at the top level of a script: `# STEP 2: config`, and text between
 * two rulers of `# =====`. None for a script that does not parse.
 */
export function sectionsOf(python: string): Section[] {
  const comments = topLevelComments(python);
  if (!comments) return [];
  const lines = python.split('\n');
  const sections: Section[] = [];
  let offset = 0;
  for (let line = 0; line < lines.length; line += 1) {
    const text = lines[line] ?? '';
    if (comments.has(offset)) {
      const isBoxed =
        ruler.test(text) && /^#\s*\S/.test(lines[line + 1] ?? '') && ruler.test(lines[line + 2] ?? '');
      const named = isBoxed ? (lines[line + 1] ?? '') : step.test(text) ? text : undefined;
      const isInBox = ruler.test(lines[line - 1] ?? '');
      if (named !== undefined && (isBoxed || !isInBox)) sections.push({ line, title: titleOf(named) });
    }
    offset += text.length + 1;
  }
  return sections;
}

function titleOf(comment: string): string {
  return comment
    .replace(/^#+\s*/, '')
    .replace(/[`"\\[\]]/g, "'")
    .trim()
    .slice(0, 80);
}

/** Offsets of comments that stand between the statements of the module; undefined when it does not parse. */
function topLevelComments(python: string): Set<number> | undefined {
  const found = new Set<number>();
  let broken = false;
  parser.parse(python).iterate({
    enter({ type, from, node }) {
      if (type.isError) broken = true;
      if (type.name === 'Comment' && node.parent?.type.isTop) found.add(from);
    },
  });
  return broken ? undefined : found;
}
