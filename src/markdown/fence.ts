import { z } from 'zod';

/** What the highlighter is told about a block of code; travels as JSON in the attribute `data-fence`. */
export const fenceSchema = z.strictObject({
  title: z.string().optional(),
  /** Highlighted lines, from 1. */
  highlight: z.array(z.int().positive()).default([]),
  /** The tests run the code. */
  executed: z.boolean().default(false),
  /** The code is printed output. */
  output: z.boolean().default(false),
  /** Why nothing of the code is checked. */
  unchecked: z.string().optional(),
  /** Why the code is not run, though its names are checked. */
  norun: z.string().optional(),
  /** Numbers that stand at the end of lines, each a link to `#<region>-<number>`. */
  region: z.string().optional(),
  markers: z.array(z.strictObject({ line: z.int().positive(), numbers: z.array(z.int()) })).default([]),
});

export type Fence = z.output<typeof fenceSchema>;

const word = /(?<key>[a-z]+)="(?<value>[^"]*)"(?=\s|$)|\{(?<lines>[\d,\s-]*)\}|(?<other>\S+)/g;

/**
 * Reads the info string of a fence after its language: `title="x" {2,4-6} unchecked="why" norun="why"`.
 *
 * @returns the fence, and the words that mean nothing
 */
export function parseFence(meta: string): { fence: Fence; unknown: string[] } {
  const fence: Fence = { highlight: [], executed: false, output: false, markers: [] };
  const unknown: string[] = [];
  for (const { 0: text, groups } of meta.matchAll(word)) {
    const { key, value, lines } = groups ?? {};
    if (lines !== undefined) fence.highlight.push(...lineNumbers(lines));
    else if (key === 'title' && value) fence.title = value;
    else if (key === 'unchecked' && value) fence.unchecked = value;
    else if (key === 'norun' && value) fence.norun = value;
    else unknown.push(text);
  }
  return { fence, unknown };
}

/** `2,4-6` is 2, 4, 5, 6. */
function lineNumbers(ranges: string): number[] {
  return ranges.split(',').flatMap((range) => {
    const [first = 0, last = first] = range.split('-').map(Number);
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index).filter(
      (n) => n > 0,
    );
  });
}
