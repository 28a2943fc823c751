import { join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { readContent } from '../../../src/collections/read-content.ts';
import { analyse } from '../../../src/markdown/analyse.ts';
import { createMarkdownContext } from '../../../src/markdown/context.ts';
import { renderText } from './render-fixture.ts';

const content = join(import.meta.dirname, '../../fixtures/markdown/content');
const source = await readContent(content);
const path = (name: string) => relative(process.cwd(), join(content, name));

test('a file is known by its path as the page that it is', () => {
  const { page } = createMarkdownContext(source, { base: '/' });
  const common = { distilled: undefined, distilledMissing: false, draft: false, verified: true };
  const trainer = page(resolve(path('annotated-trainers/dpo.mdx')));
  expect(trainer).toMatchObject({
    ref: 'trainers/dpo',
    trainer: 'dpo',
    executed: true,
    distilledMissing: false,
  });
  expect(trainer?.distilled?.name).toBe('dpo');
  expect(page(path('reference-guides/unverified.mdx'))).toEqual({
    ...common,
    ref: 'guides/unverified',
    trainer: 'dpo',
    verified: false,
    executed: true,
  });
  expect(page(path('example-scripts/train.py'))).toMatchObject({ ref: 'examples/train', executed: false });
  expect([page(undefined), page(path('reference-guides/none.mdx'))]).toEqual([undefined, undefined]);
});

test('the distilled file that a page names may be missing, which its regions do not report again', () => {
  const context = createMarkdownContext({ ...source, distilled: [] }, { base: '/' });
  const file = path('annotated-trainers/dpo.mdx');
  expect(context.page(file)).toMatchObject({ distilled: undefined, distilledMissing: true });
  const text = '<Region name="anything">\n\nText.\n\n</Region>';
  expect(analyse({ file, text, line: 1, kind: 'mdx' }, context)).toEqual([]);
});

test('a region of a file that is broken itself is not reported as missing', () => {
  const distilled = source.distilled.map((file) => ({
    ...file,
    problems: [
      {
        code: 'region-syntax' as const,
        severity: 'error' as const,
        file: file.file,
        line: 1,
        column: 1,
        message: '',
      },
    ],
  }));
  const context = createMarkdownContext({ ...source, distilled }, { base: '/' });
  const file = path('annotated-trainers/dpo.mdx');
  const messages = (name: string) =>
    analyse({ file, text: `<Region name="${name}">\n\nText.\n\n</Region>`, line: 1, kind: 'mdx' }, context);
  expect(messages('gone')).toEqual([]);
  expect(messages('plain')).toEqual([]);
});

test.each([
  ['/', '/glossary/'],
  ['/docs', '/docs/glossary/'],
  ['/docs/', '/docs/glossary/'],
])('under %s a link to the glossary leads to %s', async (base, address) => {
  const html = await renderText('[G](/glossary/)', undefined, createMarkdownContext(source, { base }));
  expect(html).toBe(`<p><a href="${address}">G</a></p>`);
});

test('what a draft leaves undescribed is a warning, of a finished page an error', () => {
  const text = '<ConfigFields config="DPOConfig">\n\n- `beta`: The tie.\n\n</ConfigFields>';
  const file = path('annotated-trainers/dpo.mdx');
  const severities = (changes: { draft?: boolean; verified?: boolean }) => {
    const annotated = source.annotated.map((entry) => ({ ...entry, data: { ...entry.data, ...changes } }));
    const context = createMarkdownContext({ ...source, annotated }, { base: '/' });
    return analyse({ file, text, line: 1, kind: 'mdx' }, context).map(({ code, severity }) => [
      code,
      severity,
    ]);
  };
  expect(severities({})).toEqual([['config-field-undescribed', 'error']]);
  expect(severities({ draft: true })).toEqual([['config-field-undescribed', 'warning']]);
  expect(severities({ verified: false })).toEqual([['config-field-undescribed', 'warning']]);
});

test('a record of the glossary that does not parse is not also a broken link', () => {
  const claimed = { ...source.claimed, terms: new Set(['claimed']), papers: new Set(['claimed-paper']) };
  const context = createMarkdownContext({ ...source, claimed }, { base: '/' });
  const file = path('reference-guides/guide.mdx');
  const text = '[term](glossary:claimed) and [@claimed-paper].';
  expect(analyse({ file, text, line: 1, kind: 'md' }, context)).toEqual([]);
});

test('only on a page with a trainer is there something to show of it', () => {
  const guides = source.guides.map((entry) => ({ ...entry, data: { ...entry.data, trainers: [] } }));
  const context = createMarkdownContext({ ...source, guides }, { base: '/' });
  const of = (text: string) =>
    analyse({ file: path('reference-guides/guide.mdx'), text, line: 1, kind: 'mdx' }, context).map(
      ({ message, suggestion }) => [message, suggestion],
    );
  expect(of('<QuickFacts />')).toEqual([
    [
      'expected a trainer in the frontmatter of this page, found none',
      '<QuickFacts /> shows the first of `trainers`',
    ],
  ]);
  expect(of('<Migration trainer="dpo" />')).toEqual([]);
});
