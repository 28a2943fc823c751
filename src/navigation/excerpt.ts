import type { Region } from '../collections/distilled.ts';

/** Characters of a line that the home page has room for. */
const room = 86;

/**
 * The region that shows best what an annotated page is: one that mirrors a method, with two markers or
 * more, whose lines the home page need not cut, and of those the shortest.
 *
 * @param regions those of the distilled file
 * @param body the page, which need not show all of them
 */
export function excerptRegion(regions: readonly Region[], body: string): Region | undefined {
  return regions
    .filter(
      ({ name, markers, mirrors }) =>
        markers.length >= 2 &&
        mirrors.some((symbol) => symbol.includes('.')) &&
        body.includes(`<Region name="${name}"`),
    )
    .sort(
      (a, b) =>
        Number(isWide(a)) - Number(isWide(b)) || a.code.length - b.code.length || a.startLine - b.startLine,
    )[0];
}

function isWide({ code }: Region): boolean {
  return code.split('\n').some((line) => line.length > room);
}
