import { z } from 'zod';

/** A record of `content/papers.yaml`. An id of the form 2305.18290 is an arXiv id. */
export const paperSchema = z.strictObject({
  id: z.string().describe('What citations call it, in quotes. An id such as `"2305.18290"` is an arXiv id.'),
  title: z.string().describe('The title, as the paper has it.'),
  short: z.string().describe('What the site calls it: `DPO`.'),
  year: z.int().min(1900).max(2100).describe('Year of its first version.'),
  url: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe("Its address; arXiv's follows from the id."),
  reference: z.string().optional().describe('Where it appeared, for papers without an address.'),
});

export const papersSchema = z.array(paperSchema).min(1);

export type Paper = z.output<typeof paperSchema>;

/** The address of a paper: its own, or arXiv's abstract page. */
export function paperUrl(paper: Paper): string | undefined {
  if (paper.url) return paper.url;
  return /^\d{4}\.\d{4,5}$/.test(paper.id) ? `https://arxiv.org/abs/${paper.id}` : undefined;
}
