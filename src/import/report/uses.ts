import type { Place } from '../../errors/problem.ts';

/** A class as Python code names it: by the module it was imported from, or in a fragment by its name alone. */
export interface ClassName {
  name: string;
  module: string | undefined;
  /** What a subclass on the page adds: fields, methods. */
  own: readonly string[];
  /** The subclass takes arguments of its own. */
  ownInit: boolean;
}

/** Something that a text takes from TRL. */
export type TrlUse = Place &
  (
    | { kind: 'import'; module: string; name: string }
    | { kind: 'module'; module: string }
    /** `trl.x`, through any alias of the module. */
    | { kind: 'attribute'; module: string; name: string }
    /** A class that no import of the page explains. */
    | { kind: 'class'; name: string }
    | {
        kind: 'argument';
        of: ClassName;
        name: string;
        value: string | undefined;
        valuePlace: Place | undefined;
      }
    | { kind: 'member'; of: ClassName; name: string }
  );
