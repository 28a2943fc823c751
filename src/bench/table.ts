import type { SizeFigures } from './measure.ts';

/** One row a size, lined up; growth is time a page against the smallest size, so 1.0 is linear. */
export function benchTable(sizes: readonly SizeFigures[]): string {
  const [first] = sizes;
  if (!first) return '';
  const head = [
    ...['entries', 'cold s', 'CPU s', 'ms/page', 'growth', 'unchanged s', 'CPU s', 'one edit s', 'CPU s'],
    ...['peak MB', 'site MB', 'index MB'],
  ];
  const rows = sizes.map((size) => [
    String(size.entries),
    size.cold.seconds.toFixed(1),
    size.cold.processorSeconds.toFixed(1),
    perPage(size).toFixed(0),
    growth(first, size).toFixed(2),
    size.unchanged.seconds.toFixed(1),
    size.unchanged.processorSeconds.toFixed(1),
    size.edited.seconds.toFixed(1),
    size.edited.processorSeconds.toFixed(1),
    megabytes(peak(size)),
    megabytes(size.siteBytes),
    megabytes(size.indexBytes),
  ]);
  const all = [head, ...rows];
  const widths = head.map((_, at) => Math.max(...all.map((row) => (row[at] ?? '').length)));
  return all.map((row) => row.map((cell, at) => cell.padStart(widths[at] ?? 0)).join('  ')).join('\n');
}

/** Processor time a page of a cold build against that of the smallest size: a busy machine does not change it. */
export function growth(first: SizeFigures, size: SizeFigures): number {
  const cost = ({ cold, entries }: SizeFigures) => cold.processorSeconds / entries;
  return cost(size) / cost(first);
}

/** The most memory that any of the builds held, in bytes. */
export function peak({ cold, unchanged, edited }: SizeFigures): number {
  return Math.max(...[cold, unchanged, edited].map(({ peakBytes }) => peakBytes));
}

function perPage({ cold, entries }: SizeFigures): number {
  return (cold.seconds * 1000) / entries;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0);
}
