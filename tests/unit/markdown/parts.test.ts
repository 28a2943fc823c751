import type { Element, ElementContent, Root } from 'hast';
import type { MdxJsxAttribute } from 'mdast-util-mdx-jsx';
import { expect, test } from 'vitest';
import { partsOf } from '../../../src/markdown/parts.ts';

const root = (...children: Root['children']): Root => ({ type: 'root', children });
const element = (
  tagName: string,
  properties: Element['properties'],
  ...children: ElementContent[]
): Element => ({
  ...{ type: 'element', tagName, properties, children },
});
const text = (value: string): ElementContent => ({ type: 'text', value });
const attribute = (name: string, value: MdxJsxAttribute['value']): MdxJsxAttribute => ({
  ...{ type: 'mdxJsxAttribute', name, value },
});
const jsx = (
  name: string | null,
  attributes: MdxJsxAttribute[] = [],
  ...children: ElementContent[]
): ElementContent => ({ type: 'mdxJsxFlowElement', name, attributes, children });
const img = (properties: Element['properties']) =>
  partsOf(root(element('img', properties)), 'content/guides');

test('HTML without components is one piece; nothing is none', () => {
  expect(partsOf(root(element('p', {}, text('a < b'))), '')).toEqual(['<p>a &#x3C; b</p>']);
  expect(partsOf(root(), '')).toEqual([]);
});

test('components beside each other have no empty pieces between them', () => {
  const tree = root(jsx('Note'), jsx('Warning', [attribute('title', 'x')]), text('end'));
  expect(partsOf(tree, '')).toEqual([
    { name: 'Note', attributes: {}, children: [] },
    { name: 'Warning', attributes: { title: 'x' }, children: [] },
    'end',
  ]);
});

test('a component cuts the elements around it in two; in it stands what its author wrote', () => {
  const inner = jsx('Note', [], element('em', {}, text('deep')), jsx('Answer', [], text('deeper')));
  const tree = root(element('ul', {}, element('li', {}, text('a'), inner, text('b'))));
  expect(partsOf(tree, '')).toEqual([
    '<ul><li>a',
    {
      name: 'Note',
      attributes: {},
      children: ['<em>deep</em>', { name: 'Answer', attributes: {}, children: ['deeper'] }],
    },
    'b</li></ul>',
  ]);
});

test('lower case is HTML: its attributes are kept, one without a value too; what is code is not', () => {
  const attributes = [
    attribute('open', null),
    attribute('class', 'a b'),
    attribute('data-x', { type: 'mdxJsxAttributeValueExpression', value: '1' }),
  ];
  const spread = { type: 'mdxJsxExpressionAttribute' as const, value: '...props' };
  const details = {
    ...jsx('details', attributes, jsx(null, [], text('x'))),
    attributes: [...attributes, spread],
  };
  expect(partsOf(root(details as ElementContent), '')).toEqual([
    '<details open class="a b" data-x>x</details>',
  ]);
  const component = { ...jsx('Note', attributes), attributes: [...attributes, spread] };
  expect(partsOf(root(component as ElementContent), '')).toEqual([
    { name: 'Note', attributes: { class: 'a b' }, children: [] },
  ]);
});

test('comments of MDX vanish, in a line and between blocks', () => {
  const flow = { type: 'mdxFlowExpression' as const, value: '/* a */' };
  const inline = { type: 'mdxTextExpression' as const, value: '/* b */' };
  expect(partsOf(root(flow, element('p', {}, text('a'), inline, text('b')), flow), '')).toEqual([
    '<p>ab</p>',
  ]);
});

test('a picture of the page’s own folder is a component; title and query are as written', () => {
  const file = (name: string) => `content/guides/${name}`;
  const parts = (attributes: object) => [{ name: 'Picture', attributes, children: [] }];
  expect(img({ src: './a%20b.png', alt: 'A' })).toEqual(parts({ file: file('a b.png'), alt: 'A' }));
  expect(img({ src: 'a.PNG?v=1#top', title: 'T' })).toEqual(
    parts({ file: file('a.PNG'), alt: '', title: 'T' }),
  );
  expect(img({ src: './100%.png', alt: '' })).toEqual(parts({ file: file('100%.png'), alt: '' }));
  expect(img({ src: '../x/a.svg', alt: '' })).toEqual(parts({ file: 'content/x/a.svg', alt: '' }));
});

test.each([
  '/a.png',
  '//host.example/a.png',
  'https://host.example/a.png',
  'DATA:image/png,',
  'x1+y-z.0:a.png',
  '#a',
])('a picture at %s stays an image', (src) => {
  expect(img({ src, alt: 'A' })).toEqual([`<img src="${src}" alt="A">`]);
});

test('only an image with an address is a picture', () => {
  expect(img({ alt: 'A' })).toEqual(['<img alt="A">']);
  expect(partsOf(root(element('audio', { src: './a.mp3' })), '')).toEqual(['<audio src="./a.mp3"></audio>']);
});
