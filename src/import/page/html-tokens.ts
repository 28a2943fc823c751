/** A piece of raw HTML that is not text. */
export interface HtmlToken {
  kind: 'comment' | 'tag' | 'other';
  /** As the author wrote it. */
  source: string;
  /** Offsets within the text that was read. */
  start: number;
  end: number;
  /** Of a tag, in lower case. */
  name: string;
  closing: boolean;
  attributes: ReadonlyMap<string, string>;
}

const piece =
  /<!--(?:-?>|[\s\S]*?(?:-->|$))|<[!?][\s\S]*?(?:>|$)|<(?<slash>\/?)(?<name>[A-Za-z][A-Za-z0-9:-]*)(?<attributes>(?:"[^"]*"|'[^']*'|[^"'>])*)>|</g;
const attribute = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g;

/** Takes raw HTML apart. A `<` that begins nothing is a token of its own, of the kind `other`. */
export function htmlTokens(text: string): HtmlToken[] {
  return [...text.matchAll(piece)].map((match) => {
    const { name = '', slash, attributes = '' } = match.groups ?? {};
    const kind = match[0].startsWith('<!--') ? 'comment' : name === '' ? 'other' : 'tag';
    return {
      kind,
      source: match[0],
      start: match.index,
      end: match.index + match[0].length,
      name: name.toLowerCase(),
      closing: slash === '/',
      attributes: new Map(
        [...attributes.matchAll(attribute)].map(([, key = '', ...values]) => [
          key.toLowerCase(),
          decodeEntities(values.find((value) => value !== undefined) ?? ''),
        ]),
      ),
    };
  });
}

/** The character references that an address may hide behind: `java&#115;cript:`, `&amp;`. */
function decodeEntities(value: string): string {
  return value
    .replace(/&#x([0-9a-f]{1,6});?/gi, (_, digits: string) => character(Number.parseInt(digits, 16)))
    .replace(/&#(\d{1,7});?/g, (_, digits: string) => character(Number(digits)))
    .replace(/&colon;/gi, ':')
    .replace(/&(?:tab|newline);/gi, '')
    .replace(/&quot;/gi, '"')
    .replace(/&lt;/gi, '<')
    .replace(/&gt;/gi, '>')
    .replace(/&amp;/gi, '&');
}

function character(code: number): string {
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
}

/** Text as it stands in HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
