import type { parser } from '@lezer/python';

type SyntaxNode = ReturnType<typeof parser.parse>['topNode'];

/**
 * A statement that is not indented as the first one of its block, which Python refuses: the grammar reads it as it
 * can. Tabs and spaces are not the same, however wide a tab looks.
 */
export function indentError(node: SyntaxNode, text: string) {
  if (node.name !== 'Script' && node.name !== 'Body') return undefined;
  let expected: string | undefined;
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (!/(?:Statement|Definition|StatementGroup)$/.test(child.name)) continue;
    const start = text.lastIndexOf('\n', child.from - 1) + 1;
    const indent = text.slice(start, child.from);
    // A statement behind a colon, or behind a semicolon, has no line of its own.
    if (indent.trim() !== '') continue;
    expected ??= indent;
    if (indent === expected) continue;
    const message = `expected ${show(expected)} before this statement, as before the first one of its block, found ${show(indent)}`;
    return { from: child.from, to: child.to, message };
  }
  return undefined;
}

function show(indent: string): string {
  if (indent === '') return 'no indentation';
  const tabs = indent.split('\t').length - 1;
  const spaces = indent.length - tabs;
  const count = (n: number, word: string) => (n === 0 ? [] : [`${n} ${word}${n === 1 ? '' : 's'}`]);
  return [...count(tabs, 'tab'), ...count(spaces, 'space')].join(' and ');
}
