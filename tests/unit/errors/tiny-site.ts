import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A built site in a folder, for https://example.org/docs/, in which no check finds anything. */
export async function tinySite(dir: string): Promise<void> {
  const files: Record<string, string> = {
    'index.html': page('', 'Home', '<h1>Home</h1>\n<p><a href="/docs/guides/dpo-loss/">The DPO loss</a></p>'),
    'guides/dpo-loss/index.html': page(
      'guides/dpo-loss/',
      'The DPO loss',
      '<h1>The DPO loss</h1>\n<h2 id="gradient">The gradient</h2>\n<p>It falls with the margin.</p>\n' +
        '<p>See <a href="#gradient">the gradient</a>.</p>',
    ),
    'site.css': '.katex{font:normal 1.21em KaTeX_Main}\n.katex .katex-version::after{content:"0.16.25"}\n',
    'favicon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>\n',
    'explorer.js': `export const table = '${incompressible(30_000)}';\n`,
  };
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), text);
  }
}

function page(path: string, title: string, body: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${title}</title>
<meta name="description" content="What this page is about.">
<link rel="canonical" href="https://example.org/docs/${path}">
<link rel="stylesheet" href="/docs/site.css">
<link rel="icon" href="/docs/favicon.svg">
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;
}

/** Hexadecimal digits that look random and are always the same. */
function incompressible(length: number): string {
  let text = '';
  for (let block = 0; text.length < length; block += 1) {
    text += createHash('sha256').update(String(block)).digest('hex');
  }
  return text.slice(0, length);
}
