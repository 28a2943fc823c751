import type { Code, Link, List, Paragraph, PhrasingContent, RootContent } from 'mdast';
import type { MdxJsxFlowElement } from 'mdast-util-mdx-jsx';
import type { VFile } from 'vfile';
import type { DistilledFile, Region } from '../collections/distilled.ts';
import { markersOf } from '../collections/marker.ts';
import { didYouMean } from '../errors/suggest.ts';
import { block } from './element.ts';
import { setFence } from './fences.ts';
import { attributeOf, replaceComponent } from './jsx.ts';
import { report } from './report.ts';
import type { MarkdownStep } from './step.ts';

/** `<Region name="log-probs">` becomes the code of the region beside the prose that the author wrote in it. */
export const regions: MarkdownStep = (tree, file, { current }) => {
  const shown: Region[] = [];
  replaceComponent(tree, 'Region', (node) => {
    const name = attributeOf(node, 'name');
    // The attribute's absence is reported with the other components'.
    if (name === undefined) return undefined;
    const distilled = current?.distilled;
    const region = distilled?.regions.find((each) => each.name === name);
    // What is wrong with the file itself is reported there.
    const isBroken = distilled?.problems.some(({ code }) => code === 'region-syntax') ?? false;
    if (current?.distilledMissing || (!region && isBroken)) return undefined;
    if (!distilled || !region) {
      const where = distilled ? distilled.file : 'this page, which names no distilled file,';
      const suggestion = didYouMean(name, distilled?.regions.map((each) => each.name) ?? []);
      report(file, 'region-unknown', node, `${where} has no region \`${name}\``, { suggestion });
      return undefined;
    }
    if (shown.includes(region)) {
      report(file, 'region-unknown', node, `the page shows the region \`${name}\` twice`, {
        suggestion: `refer to it with a link to #region-${name}`,
      });
      return undefined;
    }
    shown.push(region);
    return section(node, region, distilled, file);
  });
};

function section(
  node: MdxJsxFlowElement,
  region: Region,
  distilled: DistilledFile,
  file: VFile,
): RootContent {
  const { name } = region;
  const code = block('div', { className: ['region-code'] }, [head(region, distilled), codeOf(region)]);
  numberRemarks(node, region, file);
  const prose = block('div', { className: ['region-prose'] }, node.children);
  return block('section', { className: ['region'], id: `region-${name}` }, [code, prose]);
}

/**
 * Which lines of our file, served whole, stand here, and which symbols of TRL they repeat; the symbols become
 * links later.
 */
function head({ mirrors, startLine, endLine }: Region, { name }: DistilledFile): Paragraph {
  const lines = startLine === endLine ? startLine : `${startLine}–${endLine}`;
  const own: Link = {
    type: 'link',
    url: `/distilled/${name}.py`,
    children: [{ type: 'text', value: `distilled/${name}.py:${lines}` }],
  };
  const symbols = mirrors.flatMap((symbol, index): PhrasingContent[] => [
    { type: 'text', value: index === 0 ? ' mirrors ' : ', ' },
    { type: 'inlineCode', value: symbol },
  ]);
  return {
    type: 'paragraph',
    data: { hProperties: { className: ['region-head'], dataPagefindIgnore: '' } },
    children: [own, ...symbols],
  };
}

/** The code as a fence; its markers are taken out and set by the highlighter. */
function codeOf({ name, code }: Region): Code {
  const lines = code.split('\n').map(markersOf);
  const node: Code = { type: 'code', lang: 'python', value: lines.map((line) => line.code).join('\n') };
  const markers = lines.flatMap(({ numbers }, index) =>
    numbers.length > 0 ? [{ line: index + 1, numbers }] : [],
  );
  setFence(node, { highlight: [], executed: false, output: false, region: name, markers });
  return node;
}

/** The last ordered list of a region holds the remarks: item n explains the line with the marker n. */
function numberRemarks(node: MdxJsxFlowElement, region: Region, file: VFile): void {
  const list = node.children.findLast(
    (child): child is List => child.type === 'list' && child.ordered === true,
  );
  const items = list?.children ?? [];
  if (items.length !== region.markers.length) {
    const markers = region.markers.length;
    const message = `\`${region.name}\` has ${markers} marker${markers === 1 ? '' : 's'} and ${items.length} remark${items.length === 1 ? '' : 's'}`;
    report(file, 'region-markers', list ?? node, message);
  }
  if (!list) return;
  list.data = { ...list.data, hProperties: { className: ['remarks'] } };
  items.forEach((item, index) => {
    const number = index + 1;
    item.data = { ...item.data, hProperties: { id: `${region.name}-${number}`, dataMarker: String(number) } };
  });
}
