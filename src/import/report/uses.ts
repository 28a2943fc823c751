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
    | { kind: 'class'; of: ClassName }
    | {
        kind: 'argument';
        of: ClassName;
        name: string;
        /** The value, where it is a literal. */
        value: Literal | undefined;
        /** A comment at the end of its line. */
        comment: { text: string; place: Place } | undefined;
      }
    | { kind: 'member'; of: ClassName; name: string; called: boolean; written: boolean }
  );

/** A literal as written, with the place of it. */
export interface Literal {
  text: string;
  place: Place;
  /** Of a string, or a list of strings. */
  strings: { text: string; place: Place }[];
}
