import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { readContent } from '../../../src/collections/read-content.ts';
import { analyse } from '../../../src/markdown/analyse.ts';
import { createMarkdownContext } from '../../../src/markdown/context.ts';
import { renderText } from './render-fixture.ts';

/*
 * A case is tests/fixtures/markdown/<plugin>/<case>[.<page>].md(x) and what becomes of it: <case>.html, or
 * <case>.problems.json when it is wrong. `npx vitest -u` writes what is missing; read it before you commit it.
 * The page that a case stands on decides what its plugins know; without one it is a guide.
 */
const fixtures = join(import.meta.dirname, '../../fixtures/markdown');
const pages: Record<string, string | undefined> = {
  guide: 'reference-guides/guide.mdx',
  unverified: 'reference-guides/unverified.mdx',
  trainer: 'annotated-trainers/dpo.mdx',
  script: 'example-scripts/train.py',
  fragment: undefined,
};

const content = join(fixtures, 'content');
const source = await readContent(content);
const made = createMarkdownContext(source, { base: '/docs/' });
/** A page may be Markdown without MDX, too: `guide.md` is what `guide.mdx` is. */
const context = { ...made, page: (path?: string) => made.page(path?.replace(/\.md$/, '.mdx')) };

test('the content of the fixtures is sound', () => {
  expect(source.problems).toEqual([]);
});

const cases = globSync('*/*.{md,mdx}', { cwd: fixtures, exclude: ['content/**'] }).sort();

test.each(cases)('%s becomes what stands beside it', async (name) => {
  const [, stem = '', kind = 'guide', ending] = /^(.*?)(?:\.(\w+))?\.(mdx?)$/.exec(name) ?? [];
  const text = readFileSync(join(fixtures, name), 'utf8');
  const page = pages[kind]?.replace(/mdx$/, ending ?? '');
  const file = page === undefined ? undefined : relative(process.cwd(), join(content, page));
  const isMdx = ending === 'mdx';
  const problems = analyse({ file: file ?? 'fragment', text, line: 1, kind: isMdx ? 'mdx' : 'md' }, context);
  const shown = problems.map(({ code, severity, line, column, length, message, suggestion }) => ({
    at: `${line}:${column}${length === undefined ? '' : `+${length}`}`,
    code,
    ...(severity === 'warning' ? { severity } : {}),
    message: message.replaceAll(`${relative(process.cwd(), fixtures)}/`, ''),
    ...(suggestion === undefined ? {} : { suggestion }),
  }));

  const base = join(fixtures, `${stem}${kind === 'guide' ? '' : `.${kind}`}`);
  if (existsSync(`${base}.html`)) expect(shown).toEqual([]);
  if (shown.length > 0 || existsSync(`${base}.problems.json`)) {
    await expect(`${JSON.stringify(shown, null, 2)}\n`).toMatchFileSnapshot(`${base}.problems.json`);
  } else {
    const html = await renderText(text, file, context);
    await expect(`${html.trim()}\n`).toMatchFileSnapshot(`${base}.html`);
  }
});
