import type { Element, ElementContent } from 'hast';
import type { Fence } from './fence.ts';
import { highlightLines } from './highlighter.ts';

/**
 * A block of code as the site shows it:
 * `<figure class="code" data-language><figcaption>title</figcaption><pre tabindex="0" role="group" aria-label><code>…`.
 *
 * @param code without a line end at its end
 */
export async function codeFigure(code: string, language: string, fence: Fence): Promise<Element> {
  const lines = await highlightLines(code, language);
  const children = lines.flatMap((tokens, index): ElementContent[] => {
    const number = index + 1;
    const source = code.split('\n')[index] ?? '';
    const className = [
      'line',
      ...lineClasses(source, language),
      ...(fence.highlight.includes(number) ? ['highlighted'] : []),
    ];
    const line = element('span', { className }, [...tokens, ...markers(number, fence)]);
    return index === 0 ? [line] : [{ type: 'text', value: '\n' }, line];
  });
  const { title, executed, output, region, unchecked, norun } = fence;
  const className = ['code', ...(output ? ['output'] : [])];
  const properties = {
    className,
    dataLanguage: output ? 'output' : language,
    ...(executed ? { dataExecuted: '' } : {}),
    ...(unchecked ? { dataUnchecked: unchecked } : {}),
    ...(norun ? { dataNorun: norun } : {}),
    ...(region ? { dataRegion: region } : {}),
  };
  const caption = title === undefined ? [] : [element('figcaption', {}, [{ type: 'text', value: title }])];
  return element('figure', properties, [
    ...caption,
    // A block that scrolls must be reachable by keyboard, and say what was reached.
    element('pre', { tabIndex: 0, role: 'group', ariaLabel: blockName(fence) }, [
      element('code', {}, children),
    ]),
  ]);
}

/** What a screen reader says when the focus comes to the block. */
function blockName({ output, title }: Fence): string {
  const kind = output ? 'Output' : 'Code';
  return title === undefined ? kind : `${kind}: ${title}`;
}

function lineClasses(line: string, language: string): string[] {
  if (language !== 'diff') return [];
  if (line.startsWith('+')) return ['diff-add'];
  return line.startsWith('-') ? ['diff-remove'] : [];
}

/** The numbers at the end of a line, each a link to its remark. */
function markers(line: number, { markers, region }: Fence): ElementContent[] {
  if (region === undefined) return [];
  const numbers = markers.find((each) => each.line === line)?.numbers ?? [];
  return numbers.flatMap((number): ElementContent[] => [
    { type: 'text', value: ' ' },
    element(
      'a',
      {
        className: ['marker'],
        href: `#${region}-${number}`,
        ariaLabel: `Remark ${number}`,
        dataPagefindIgnore: '',
      },
      [{ type: 'text', value: String(number) }],
    ),
  ]);
}

function element(tagName: string, properties: Element['properties'], children: ElementContent[]): Element {
  return { type: 'element', tagName, properties, children };
}
