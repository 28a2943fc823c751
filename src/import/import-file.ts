import type { PageKind } from '../coverage/report-schema.ts';

/** What a file of an imported folder is for. */
export type ImportRole = PageKind | 'status' | 'document';

/** A text file of the folder that is taken in. The source itself is never written to. */
export interface ImportFile {
  /** Below the folder, with forward slashes: `reference_guides/DPO_Loss_Reference.md`. */
  path: string;
  /** As an author's terminal names it: relative to the working directory. */
  shown: string;
  /**
   * UTF-8, without a byte-order mark, lines ended by \n, certain repairs of its encoding done.
   * Its lines are the lines of the file: a place in it is a place in the source.
   */
  text: string;
  role: ImportRole;
  /** Slugs of the registry that the file is about. */
  trainers: string[];
  /** Page that it becomes: `guides/dpo-loss-reference`. Undefined for what becomes no page (an empty file). */
  ref: string | undefined;
}
