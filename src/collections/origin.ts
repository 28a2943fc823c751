import type { Edit } from '../errors/fix.ts';
import type { Place } from '../errors/problem.ts';

/** The way to a value inside a record: `['steps', 2, 'entry']`. */
export type DataPath = readonly PropertyKey[];

/** Where a parsed record stands in its file, so that a check can point at any of its values. */
export interface Origin {
  file: string;
  /**
   * The place of the value at `path`, or of its key. A value that is not there is placed at the
   * nearest enclosing one that is.
   */
  locate(path: DataPath, part?: 'key' | 'value'): Place;
  /** The edit that writes the scalar at `path` otherwise; undefined where it is none, or not on one line. */
  rewrite?(path: DataPath, how: (raw: string) => string | undefined): Edit | undefined;
}

/** The origin of a record that sits at `prefix` inside a larger one. */
export function within(origin: Origin, ...prefix: PropertyKey[]): Origin {
  return {
    file: origin.file,
    locate: (path, part) => origin.locate([...prefix, ...path], part),
    rewrite: (path, how) => origin.rewrite?.([...prefix, ...path], how),
  };
}

/** How messages write a path: `steps[2].entry`. */
export function showPath(path: DataPath): string {
  return path.reduce<string>(
    (shown, key) =>
      typeof key === 'number' ? `${shown}[${key}]` : `${shown}${shown === '' ? '' : '.'}${String(key)}`,
    '',
  );
}
