/** The special tokens, in the order of their ids: padding, the end of a turn, the beginning of one. */
export const specialTokens = ['<|endoftext|>', '<|im_end|>', '<|im_start|>'] as const;
export const [padToken, endToken, startToken] = specialTokens;
export const padId = 0;

/** Tokens and their ids: a token gets the next free one when it is first met. */
export type Vocabulary = Map<string, number>;

export function emptyVocabulary(): Vocabulary {
  return new Map(specialTokens.map((token, id) => [token, id]));
}

/** A special token; a word or a number with the space before it; or any other single character. */
const pattern = /<\|(?:endoftext|im_end|im_start)\|>| ?[\p{L}\p{M}\p{N}]+|[\s\S]/gu;

/**
 * The tokens of a text. A toy beside a real tokenizer, which cuts words into pieces that it has learnt; like a
 * real one it loses nothing, knows special tokens wherever they stand, and lets neighbours merge.
 */
export function tokensOf(text: string): string[] {
  return text.match(pattern) ?? [];
}

/** Ids of tokens, in the order of their first appearance. */
export function idsOf(tokens: readonly string[], vocabulary: Vocabulary): number[] {
  return tokens.map((token) => {
    const id = vocabulary.get(token) ?? vocabulary.size;
    vocabulary.set(token, id);
    return id;
  });
}
