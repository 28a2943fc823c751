/** Who speaks, under the names that chat templates use. */
export type Role = 'system' | 'user' | 'assistant';

export interface Turn {
  role: Role;
  content: string;
}

/** A sample as it was typed: the turns of one conversation. */
export type Chat = readonly Turn[];

/** What is read of a text: more would not be seen, and characters have to fit into an address. */
export const textLimits = { characters: 800, samples: 6 } as const;

const opening = /^(system|user|assistant): ?/;

/**
 * The samples in a typed text. A line that begins with `system:`, `user:` or `assistant:` opens a turn, other
 * lines go on with it, and an empty line ends the sample. Text before any of these is the user's.
 */
export function parseChats(text: string): Chat[] {
  return limited(text)
    .split(/\n[ \t]*\n\s*/)
    .filter((sample) => sample.trim() !== '')
    .map(turnsOf);
}

function turnsOf(sample: string): Turn[] {
  const turns: Turn[] = [];
  for (const line of sample.replace(/\n+$/, '').split('\n')) {
    const role = opening.exec(line)?.[1];
    const last = turns.at(-1);
    if (isRole(role)) turns.push({ role, content: line.replace(opening, '') });
    else if (last) last.content += `\n${line}`;
    else turns.push({ role: 'user', content: line });
  }
  return turns;
}

function isRole(word: string | undefined): word is Role {
  return word === 'system' || word === 'user' || word === 'assistant';
}

/**
 * The text with one kind of line break, at most as long as allowed, and without half characters: a lone
 * surrogate has no place in an address.
 */
export function limited(text: string): string {
  return [...text.replace(/\r\n?/g, '\n')]
    .slice(0, textLimits.characters)
    .join('')
    .replace(/\p{Surrogate}/gu, '\uFFFD');
}
