import type { Region } from '../collections/distilled.ts';

/**
 * The region that shows best what an annotated page is: one that mirrors a method, with two markers or
 * more, and of those the shortest.
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
    .sort((a, b) => a.code.length - b.code.length || a.startLine - b.startLine)[0];
}
