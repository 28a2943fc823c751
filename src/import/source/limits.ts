/** What an import takes in at most. A file beyond is left out, with the reason; the rest goes on. */
export const limits = {
  /** Bytes of a file: forty times the longest tutorial that anybody reads. */
  fileBytes: 2 * 1024 * 1024,
  /** Characters of a line. */
  lineLength: 20_000,
  /** Files and folders that are looked at. */
  files: 10_000,
  /** Folders within folders. */
  depth: 12,
  /** Quotes and lists within each other, in a page. */
  nesting: 50,
} as const;

/** `2 MiB` */
export function mebibytes(bytes: number): string {
  return `${Math.round((bytes / 1024 / 1024) * 10) / 10} MiB`;
}
