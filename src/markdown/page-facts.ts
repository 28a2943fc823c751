// Type of `file.data.astro`.
import type {} from '@astrojs/markdown-remark';
import { readingTime } from './reading-time.ts';
import type { MarkdownStep } from './step.ts';

/** What the page layout gets of a rendered page, in `remarkPluginFrontmatter`. */
export interface PageFacts {
  /** Ids of the cited papers, in order of their first citation. */
  cited: string[];
  /** Names of the regions shown. */
  regions: string[];
  words: number;
  codeLines: number;
  minutes: number;
}

/** Leaves cited papers, regions and reading time where the page layout finds them. */
export const pageFacts: MarkdownStep = (_tree, file) => {
  const frontmatter = file.data.astro?.frontmatter;
  if (!frontmatter) return;
  const facts: PageFacts = {
    cited: file.data.cited ?? [],
    regions: file.data.regions ?? [],
    ...readingTime(String(file), file.data.regionLines ?? 0),
  };
  Object.assign(frontmatter, facts);
};
