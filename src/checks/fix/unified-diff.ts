/** Lines shown around a change. */
const context = 3;

interface Step {
  sign: ' ' | '-' | '+';
  line: string;
}

/** What changes between two texts of one file, in the unified format. */
export function unifiedDiff(file: string, before: string, after: string): string {
  const steps = diffLines(linesOf(before), linesOf(after));
  const hunks: string[] = [];
  let index = 0;
  while (index < steps.length) {
    const start = steps.findIndex(({ sign }, at) => at >= index && sign !== ' ');
    if (start < 0) break;
    let end = start;
    for (let at = start; at < steps.length && at <= end + 2 * context; at += 1) {
      if (steps[at]?.sign !== ' ') end = at;
    }
    hunks.push(hunk(steps, Math.max(index, start - context), Math.min(steps.length, end + context + 1)));
    index = end + context + 1;
  }
  return hunks.length === 0 ? '' : `--- a/${file}\n+++ b/${file}\n${hunks.join('')}`;
}

function hunk(steps: readonly Step[], from: number, to: number): string {
  const count = (part: readonly Step[], but: Step['sign']) => part.filter(({ sign }) => sign !== but).length;
  const [head, part] = [steps.slice(0, from), steps.slice(from, to)];
  const range = (but: Step['sign']) => {
    const length = count(part, but);
    return `${count(head, but) + (length === 0 ? 0 : 1)},${length}`;
  };
  const lines = part.map(({ sign, line }) =>
    line.endsWith('\n') ? sign + line : `${sign}${line}\n\\ No newline at end of file\n`,
  );
  return `@@ -${range('+')} +${range('-')} @@\n${lines.join('')}`;
}

/** Lines with their ends. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/**
 * The shortest way from one list of lines to another.
 *
 * @see Eugene W. Myers, An O(ND) Difference Algorithm and Its Variations, 1986
 */
function diffLines(a: readonly string[], b: readonly string[]): Step[] {
  const trace: Map<number, number>[] = [];
  let reach = new Map([[1, 0]]);
  const at = (of: Map<number, number>, k: number) => of.get(k) ?? -1;
  for (let d = 0; ; d += 1) {
    trace.push(new Map(reach));
    const next = new Map(reach);
    for (let k = -d; k <= d; k += 2) {
      let x =
        k === -d || (k !== d && at(reach, k - 1) < at(reach, k + 1))
          ? at(reach, k + 1)
          : at(reach, k - 1) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1;
      next.set(k, x);
      if (x >= a.length && x - k >= b.length) return walkBack(a, b, trace);
    }
    reach = next;
  }
}

function walkBack(a: readonly string[], b: readonly string[], trace: readonly Map<number, number>[]): Step[] {
  const steps: Step[] = [];
  let [x, y] = [a.length, b.length];
  for (let d = trace.length - 1; d >= 0; d -= 1) {
    const reach = trace[d] ?? new Map<number, number>();
    const at = (k: number) => reach.get(k) ?? -1;
    const k = x - y;
    const from = k === -d || (k !== d && at(k - 1) < at(k + 1)) ? k + 1 : k - 1;
    const [toX, toY] = d === 0 ? [0, 0] : [at(from), at(from) - from];
    while (x > toX && y > toY) {
      steps.push({ sign: ' ', line: a[x - 1] ?? '' });
      x -= 1;
      y -= 1;
    }
    if (d === 0) break;
    if (x === toX) steps.push({ sign: '+', line: b[toY] ?? '' });
    else steps.push({ sign: '-', line: a[toX] ?? '' });
    [x, y] = [toX, toY];
  }
  return steps.reverse();
}
