import { z } from 'zod';

/** What a reader sees of a place before going there. Text is inline HTML without links. */
export const previewSchema = z.strictObject({
  /** `Config field`, `Glossary term`, `Reference guide · 38 min`. */
  kind: z.string(),
  title: z.string(),
  text: z.string(),
});

/** The places of one page, by their anchors; the page itself by the empty string. */
export const previewsSchema = z.record(z.string(), previewSchema);

export type Preview = z.output<typeof previewSchema>;
export type Previews = z.output<typeof previewsSchema>;
