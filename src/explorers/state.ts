import type { Parameter } from './parameter.ts';

/** What an explorer's state consists of. */
export interface StateSpace<State extends object> {
  parameters: { readonly [Key in keyof State]: Parameter<State[Key]> };
  /** The state of an explorer that neither its page nor the reader has set. */
  standard: State;
  /** Brings values into line that depend on each other. Idempotent. */
  settle?: (state: State) => State;
}

/** A key of a state that can stand in an address. */
export type Key<State> = Extract<keyof State, string>;

/**
 * The state that a query describes.
 *
 * @param prefix what stands before each key: several explorers share one address, `loss.beta=0.5&clip.eps=0.2`
 * @param start values of what the query leaves out, or says wrongly
 */
export function stateFromQuery<State extends object>(
  { parameters, settle }: StateSpace<State>,
  query: URLSearchParams,
  prefix: string,
  start: State,
): State {
  let state = start;
  for (const key in parameters) {
    const text = query.get(prefix + key);
    const value = text === null ? undefined : parameters[key].parse(text);
    if (value !== undefined) state = { ...state, [key]: value };
  }
  return settle?.(state) ?? state;
}

/** Writes into the query what differs from the start, and takes out what does not; other keys stay. */
export function stateIntoQuery<State extends object>(
  { parameters }: StateSpace<State>,
  query: URLSearchParams,
  prefix: string,
  start: State,
  state: State,
): void {
  for (const key in parameters) {
    const text = parameters[key].print(state[key]);
    if (text === parameters[key].print(start[key])) query.delete(prefix + key);
    else query.set(prefix + key, text);
  }
}

/** The state in which a page opens an explorer: `losses=kto.sigmoid&beta=0.5`. */
export function startState<State extends object>(space: StateSpace<State>, start: string): State {
  return stateFromQuery(space, new URLSearchParams(start), '', space.standard);
}

/** The keys in which two states differ. */
export function changedKeys<State extends object>(
  { parameters }: StateSpace<State>,
  before: State,
  after: State,
): Key<State>[] {
  const changed: Key<State>[] = [];
  for (const key in parameters) {
    if (parameters[key].print(before[key]) !== parameters[key].print(after[key])) changed.push(key);
  }
  return changed;
}
