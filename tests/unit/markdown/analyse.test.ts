import { join, relative } from 'node:path';
import { expect, test, vi } from 'vitest';
import { readContent } from '../../../src/collections/read-content.ts';
import { analyse } from '../../../src/markdown/analyse.ts';
import { createMarkdownContext } from '../../../src/markdown/context.ts';
import { renderText } from './render-fixture.ts';

const content = join(import.meta.dirname, '../../fixtures/markdown/content');
const context = createMarkdownContext(await readContent(content), { base: '/' });
const guide = relative(process.cwd(), join(content, 'reference-guides/guide.mdx'));

test('a problem stands at its line of the file, not of the text', () => {
  const found = analyse(
    { file: guide, text: 'A line.\n\n`DPOConfig.betta`', line: 40, kind: 'mdx' },
    context,
  );
  expect(found).toEqual([
    {
      code: 'symbol-unknown',
      severity: 'error',
      file: guide,
      line: 42,
      column: 1,
      length: 17,
      message: 'TRL 1.16.0 has no `DPOConfig.betta`',
      suggestion: 'did you mean `DPOConfig.beta`?',
    },
  ]);
});

test('what MDX refuses is text in Markdown', () => {
  const text = 'A set {1, 2 and a <b.';
  expect(analyse({ file: guide, text, line: 1, kind: 'md' }, context)).toEqual([]);
  expect(analyse({ file: guide, text, line: 1, kind: 'mdx' }, context).map(({ code }) => code)).toEqual([
    'mdx-syntax',
  ]);
});

test('rendering throws one error with every mistake of the file', async () => {
  // Astro's processor prints the error that it throws.
  vi.spyOn(console, 'error').mockReturnValue();
  const rendering = renderText('`DPOConfig.betta`\n\n[x](glossary:nothing)', guide, context);
  await expect(rendering).rejects.toThrow(
    /guide\.mdx:1:1 {2}symbol-unknown .*\n {2}did you mean `DPOConfig\.beta`\?\n.*guide\.mdx:3:1 {2}term-unknown /,
  );
});
