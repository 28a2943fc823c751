import { escapeMarkup } from '../../figures/panel-markup.ts';

/** Signs that would not be seen, or would turn the line around: by their code. */
const unseen = /[\p{C}\p{Z}]/gu;
const signs = new Map([
  ['\n', '↵'],
  ['\t', '⇥'],
  [' ', '·'],
]);

/** A token as a reader sees it, safe inside an element: no sign without ink, and no markup. */
export function tokenText(token: string): string {
  const shown = token.replace(
    unseen,
    (sign) =>
      signs.get(sign) ?? `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
  );
  return escapeMarkup(shown).replaceAll('`', '&#96;');
}
