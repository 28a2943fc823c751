/** A value of a YAML mapping on one line: text in double quotes, numbers bare, lists in brackets. */
export type YamlValue = string | number | boolean | readonly string[];

/** `key: value`, the text quoted so that no character of it is YAML's. JSON's quoting is YAML's too. */
export function yamlLine(key: string, value: YamlValue, indent = 0): string {
  return `${' '.repeat(indent)}${key}: ${JSON.stringify(value)}`;
}

/** `key:` and one item a line. */
export function yamlList(key: string, items: readonly string[], indent = 0): string[] {
  const before = ' '.repeat(indent);
  return [`${before}${key}:`, ...items.map((item) => `${before}  - ${JSON.stringify(item)}`)];
}

/** A comment that says what is to be written in the next line. */
export function yamlComment(text: string, indent = 0): string {
  return `${' '.repeat(indent)}# ${text}`;
}
