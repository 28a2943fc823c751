import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { generatorDigest } from '../../../src/kept/generator-digest.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'generator-'));
  await mkdir(join(root, 'src/markdown'), { recursive: true });
  for (const [name, text] of Object.entries({
    'src/markdown/token-theme.ts': 'export const keyword = "k";\n',
    'src/markdown/formulas.ts': 'export const output = "html";\n',
    'astro.config.mjs': 'export default {};\n',
    'package-lock.json': '{ "katex": "0.16.25" }\n',
    'tsconfig.json': '{}\n',
    'README.md': '# Site\n',
  }))
    await writeFile(join(root, name), text);
});
afterEach(() => rm(root, { recursive: true, force: true }));

test.each([
  ['a theme', 'src/markdown/token-theme.ts', 'export const keyword = "w";\n'],
  ['a plugin', 'src/markdown/formulas.ts', 'export const output = "mathml";\n'],
  ['a plugin more', 'src/markdown/tables.ts', 'export {};\n'],
  ['a setting', 'astro.config.mjs', 'export default { base: "/docs/" };\n'],
  ['a package', 'package-lock.json', '{ "katex": "0.16.26" }\n'],
])('%s that changes makes another digest', async (_, file, text) => {
  const before = await generatorDigest(root);
  await writeFile(join(root, file), text);
  expect(await generatorDigest(root)).not.toBe(before);
});

test('what makes no page changes nothing, and neither does the place of the checkout', async () => {
  const before = await generatorDigest(root);
  await writeFile(join(root, 'README.md'), '# Another\n');
  expect(await generatorDigest(root)).toBe(before);
  const elsewhere = `${root}-elsewhere`;
  await cp(root, elsewhere, { recursive: true });
  expect(await generatorDigest(elsewhere)).toBe(before);
  await rm(elsewhere, { recursive: true });
});
