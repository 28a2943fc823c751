import type { Region } from '../collections/distilled.ts';

/**
 * The region that shows best what an annotated page is: with three markers or more, the shortest such.
 *
 * @param regions those of the distilled file
 * @param body the page, which need not show all of them
 */
export function excerptRegion(regions: readonly Region[], body: string): Region | undefined {
  return regions
    .filter(({ name, markers }) => markers.length >= 3 && body.includes(`<Region name="${name}"`))
    .sort((a, b) => a.code.length - b.code.length || a.startLine - b.startLine)[0];
}
