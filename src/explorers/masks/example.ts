import type { Chat, Turn } from './chat.ts';

/** The forms in which a data set can hold a conversation. */
export const forms = ['messages', 'chat-completion', 'completion', 'text'] as const;
export type Form = (typeof forms)[number];

/** A row of a data set, under the names of its columns. */
export type Example =
  | { messages: Turn[] }
  | { prompt: Turn[]; completion: Turn[] }
  | { prompt: string; completion: string }
  | { text: string };

/** What stands between a prompt and a completion that are plain text. */
export type Join = 'newline' | 'nothing';

/**
 * A conversation in one of the forms. As prompt and completion, the completion begins at the last turn of the
 * assistant; as plain text, turns lose their roles and stand a line each. Undefined for a conversation that has
 * no such turn, or nothing before it, where the form wants both.
 */
export function exampleOf(chat: Chat, form: Form, join: Join): Example | undefined {
  if (form === 'messages') return { messages: [...chat] };
  if (form === 'text') return { text: lines(chat) };
  const at = chat.findLastIndex(({ role }) => role === 'assistant');
  if (at < 1) return undefined;
  const [prompt, completion] = [chat.slice(0, at), chat.slice(at)];
  if (form === 'chat-completion') return { prompt, completion };
  return { prompt: lines(prompt) + (join === 'newline' ? '\n' : ''), completion: lines(completion) };
}

function lines(turns: Chat): string {
  return turns.map(({ content }) => content).join('\n');
}
