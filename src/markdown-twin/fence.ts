import type { Code, RootContent } from 'mdast';
import { type Fence, fenceSchema, parseFence } from '../markdown/fence.ts';
import { emphasis, fence, paragraph, strong } from './nodes.ts';

/**
 * A block of code: its title above it, its markers back in their lines as comments, and below it what was not
 * run. A diagram is its DOT source above its caption.
 */
export function plainFence(node: Code): RootContent[] {
  if (node.lang === 'dot') {
    const { title } = parseFence(node.meta ?? '').fence;
    return [fence(node.value, 'dot'), ...(title ? [paragraph(emphasis(title))] : [])];
  }
  const read = fenceOf(node);
  const lang = read.output ? 'output' : (node.lang ?? 'text');
  const aside = read.unchecked ?? read.norun;
  return [
    ...(read.title ? [paragraph(strong(read.title))] : []),
    fence(marked(node.value, read), lang),
    ...(aside ? [paragraph(emphasis(`${read.unchecked ? 'Not checked' : 'Not run'}: ${aside}`))] : []),
  ];
}

function fenceOf(node: Code): Fence {
  const json = node.data?.hProperties?.dataFence;
  return fenceSchema.parse(typeof json === 'string' ? JSON.parse(json) : {});
}

/** `loss = …  # (1)`: as the distilled file has it. */
function marked(value: string, { markers }: Fence): string {
  return value
    .split('\n')
    .map((line, index) => {
      const numbers = markers.find((each) => each.line === index + 1)?.numbers ?? [];
      return numbers.length === 0 ? line : `${line}  # ${numbers.map((n) => `(${n})`).join(' ')}`;
    })
    .join('\n');
}
