import { z } from 'zod';

/** A record of `content/papers.yaml`. An id of the form 2305.18290 is an arXiv id. */
export const paperSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  /** What the site calls it ("DPO"). */
  short: z.string(),
  year: z.int().min(1900).max(2100),
  url: z.url().optional(),
  /** Where it appeared, for papers without an address. */
  reference: z.string().optional(),
});

export const papersSchema = z.array(paperSchema).min(1);

export type Paper = z.output<typeof paperSchema>;

/** The address of a paper: its own, or arXiv's abstract page. */
export function paperUrl(paper: Paper): string | undefined {
  if (paper.url) return paper.url;
  return /^\d{4}\.\d{4,5}$/.test(paper.id) ? `https://arxiv.org/abs/${paper.id}` : undefined;
}
