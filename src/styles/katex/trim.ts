import { createHash } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { usedRules } from './used-rules.ts';

/** The bundler's name of KaTeX's style sheet, and of a font. */
const sheetName = /^katex(?:\.min)?\.[\w-]+\.css$/;
const fontName = /^KaTeX_[\w-]+\.[\w-]+\.woff2$|^katex-[\w-]+\.[\w-]+\.woff2$/;

/**
 * Takes out of a built site what no formula uses: rules of KaTeX's style sheet, fonts, and the link to the sheet on a
 * page without formulas (a dollar sign in its source was money). The sheet gets a name by
 * its new content, since files in `_astro/` are kept for ever by browsers.
 *
 * @param dir the built site; the folder has no style sheet of KaTeX when no page has a formula
 */
export async function trimKatex(dir: string): Promise<void> {
  const assets = join(dir, '_astro');
  const names = await readdir(assets).catch(() => []);
  const sheet = names.find((name) => sheetName.test(name));
  if (sheet === undefined) return;

  const used = new Set<string>();
  const linking: string[] = [];
  for (const name of (await readdir(dir, { recursive: true })).sort()) {
    // Previews hold formulas too, and are shown on pages that have the sheet.
    if (!name.endsWith('.html') && !name.endsWith('previews.json')) continue;
    const text = await readFile(join(dir, name), 'utf8');
    addClasses(text, used);
    if (text.includes(sheet)) linking.push(name);
  }

  const css = usedRules(await readFile(join(assets, sheet), 'utf8'), used);
  const renamed = `katex.${createHash('sha256').update(css).digest('base64url').slice(0, 8)}.css`;
  await writeFile(join(assets, renamed), css);
  await rm(join(assets, sheet));
  for (const name of linking) {
    const text = await readFile(join(dir, name), 'utf8');
    const linked = /class="katex[\s"]/.test(text)
      ? text.replaceAll(sheet, renamed)
      : withoutLink(text, sheet);
    await writeFile(join(dir, name), linked);
  }
  const unused = names.filter((name) => fontName.test(name) && !css.includes(name));
  for (const name of unused) await rm(join(assets, name));
}

/** A page without its link to the style sheet. */
function withoutLink(html: string, sheet: string): string {
  return html.replaceAll(/<link\b[^>]*>/g, (tag) => (tag.includes(sheet) ? '' : tag));
}

/** Every class in HTML, and in HTML inside JSON. */
function addClasses(text: string, used: Set<string>): void {
  for (const [, names = ''] of text.matchAll(/\bclass=\\?["']([^"'\\]*)/g)) {
    for (const name of names.split(/\s+/)) used.add(name);
  }
}
