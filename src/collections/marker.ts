/** A trailing comment `# (1)`, `# (1) (2)` or `# (1) what the line gives`, and tools' `# noqa: E731`. */
const marked = /^(?<code>.*?)\s*#\s*(?<numbers>\(\d+\)(?:\s*\(\d+\))*)(?=\s|$)\s*(?<rest>.*)$/;
const toolComment = /\s*#\s*(?:noqa|type: ignore|fmt: (?:skip|off|on))\b.*$/;

export interface MarkedLine {
  /** The line as a reader sees it: without marker, and without comments meant for tools. */
  code: string;
  numbers: number[];
}

/** Takes the markers of a line of Python off it; what follows them stays as a comment. */
export function markersOf(line: string): MarkedLine {
  const groups = marked.exec(line)?.groups;
  if (!groups) return { code: line.replace(toolComment, ''), numbers: [] };
  const { code = '', numbers = '', rest = '' } = groups;
  const comment = rest.replace(/^#\s*/, '# ').replace(toolComment, '');
  const shown = comment === '' ? '' : `  ${comment.startsWith('#') ? comment : `# ${comment}`}`;
  return {
    code: code.replace(toolComment, '') + shown,
    numbers: [...numbers.matchAll(/\d+/g)].map(([digits]) => Number(digits)),
  };
}
