import { didYouMean } from '../errors/suggest.ts';
import { changedKeys, type StateSpace, stateFromQuery } from './state.ts';

/** What is wrong with a start that an author wrote, and what was meant. */
export interface StartMistake {
  message: string;
  suggestion?: string | undefined;
}

/** The mistakes of `losses=kto&beta=0.5`; of keys with a prefix, only those that begin with it are looked at. */
export function startMistakes<State extends object>(
  space: StateSpace<State>,
  start: string,
  prefix = '',
): StartMistake[] {
  const query = new URLSearchParams(start);
  const mistakes: StartMistake[] = [];
  const keys = Object.keys(space.parameters);
  for (const [name, text] of query) {
    if (!name.startsWith(prefix)) continue;
    const key = name.slice(prefix.length);
    if (!isKey(space, key)) {
      const suggestion = didYouMean(key, keys) ?? `settings: ${keys.join(', ')}`;
      mistakes.push({ message: `there is no setting \`${name}\``, suggestion });
      continue;
    }
    const { parse, expected, words, separator } = space.parameters[key];
    if (parse(text) !== undefined) continue;
    const wrong = (separator ? text.split(separator) : [text]).find((word) => !words?.includes(word));
    const suggestion = words && wrong !== undefined ? didYouMean(wrong, words) : undefined;
    mistakes.push({ message: `expected ${expected} as \`${name}\`, found \`${text}\``, suggestion });
  }
  if (mistakes.length > 0) return mistakes;
  const { settle, ...loose } = space;
  const wished = stateFromQuery(loose, query, prefix, space.standard);
  return changedKeys(space, wished, settle?.(wished) ?? wished).map((key) => ({
    message: `\`${prefix}${key}=${space.parameters[key].print(wished[key])}\` does not go with the other settings`,
  }));
}

function isKey<State extends object>(
  space: StateSpace<State>,
  key: string,
): key is Extract<keyof State, string> {
  return Object.hasOwn(space.parameters, key);
}
