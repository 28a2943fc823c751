/** Commands that read better as something other than their name. */
const spoken: Record<string, string> = {
  cdot: '*',
  times: '*',
  dots: '...',
  ldots: '...',
  cdots: '...',
  le: '<=',
  leq: '<=',
  ge: '>=',
  geq: '>=',
  ne: '!=',
  mid: '|',
  to: '->',
  infty: 'infinity',
  quad: ' ',
  left: '',
  right: '',
  big: '',
  Big: '',
};

/** TeX as words that a reader might type: `\pi_{\mathrm{ref}}` becomes `pi_ref`. */
export function plainTex(tex: string): string {
  return tex
    .replace(/\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}/g, '$1/$2')
    .replace(/\\(?:mathrm|mathbf|mathbb|mathcal|mathit|text|textrm|operatorname|boldsymbol)\*?\b/g, '')
    .replace(/\\([A-Za-z]+)/g, (_, name: string) => ` ${spoken[name] ?? name} `)
    .replace(/\\[,;:! ]|[{}\\]/g, ' ')
    .replace(/\s*([_^/])\s*/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Markdown as plain text: formulas in words, links by their text, no marks. */
export function plainMarkdown(markdown: string): string {
  return markdown
    .replace(/\$\$?([^$]+)\$\$?/g, (_, tex: string) => plainTex(tex))
    .replace(/\[@[^\]]*\]/g, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[`*]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
