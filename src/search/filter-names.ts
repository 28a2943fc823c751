/*
 * Apart from filters.ts, because the browser needs the names and not the schemas behind the values.
 */

/** The filters of the search, in the order in which they are shown. */
export const searchFilters = ['kind', 'trainer', 'family'] as const;
export type SearchFilter = (typeof searchFilters)[number];
