import { noProgress, type Progress, progressSchema } from './progress.ts';

/** Characters that a file of progress may have: a thousand pages come to about 150,000. */
export const longestFile = 1_000_000;

/** Progress, or why a text is none, as a sentence for the reader. */
export type ParsedProgress = { progress: Progress } | { refused: string; newer: boolean };

/**
 * Reads progress that this or another browser wrote. Nothing of a text with a mistake is taken.
 *
 * @param now ISO time; marks of a clock that was ahead are set back to it, so that they do not win for ever
 */
export function parseProgress(text: string, now: string): ParsedProgress {
  if (text.length > longestFile) {
    return refuse(`Expected at most ${longestFile.toLocaleString('en-US')} characters, found more.`);
  }
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return refuse('Expected a JSON file that was exported here; this is no JSON.');
  }
  if (typeof data !== 'object' || data === null || !('format' in data) || data.format !== noProgress.format) {
    return refuse(
      `Expected a file that was exported here, with "format": "${noProgress.format}"; this is another.`,
    );
  }
  if ('version' in data && data.version !== noProgress.version) {
    const found = JSON.stringify(data.version)?.slice(0, 20);
    const message = `Expected progress of version ${noProgress.version}, found version ${found}. Reload the page: a newer one may read it.`;
    return { refused: message, newer: true };
  }
  const parsed = progressSchema.safeParse(data);
  if (parsed.success) return { progress: notAfter(parsed.data, now) };
  const issue = parsed.error.issues[0];
  const place = issue?.path.length ? issue.path.map(String).join(' › ') : 'the file';
  const found = issue?.code === 'unrecognized_keys' ? `the unknown key ${issue.keys[0]}` : 'something else';
  return refuse(
    `Expected progress as it is exported here; ${place.slice(0, 120)} holds ${found.slice(0, 60)}.`,
  );
}

/** The text of the file that a reader exports: the same keys in the same order for the same progress. */
export function progressFile(progress: Progress): string {
  return `${JSON.stringify(progress, null, 2)}\n`;
}

function refuse(refused: string): ParsedProgress {
  return { refused, newer: false };
}

function notAfter(progress: Progress, now: string): Progress {
  const clamp = (at: string) => (at > now ? now : at);
  const clampMark = <T extends { at: string }>(mark: T): T => ({ ...mark, at: clamp(mark.at) });
  return {
    ...progress,
    pages: mapValues(progress.pages, ({ opened, read }) => ({
      ...(opened && { opened: clamp(opened) }),
      ...(read && { read: clampMark(read) }),
    })),
    answered: mapValues(progress.answered, clampMark),
    ...(progress.last && { last: clampMark(progress.last) }),
  };
}

function mapValues<T, U>(record: Record<string, T>, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
