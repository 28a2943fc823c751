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

/** Commands that only set the font of their argument. */
const fonts = /\\(?:mathrm|mathbf|mathbb|mathcal|mathit|text|textrm|operatorname|boldsymbol)\*?(?![A-Za-z])/g;

/** TeX as words that a reader might type: `\pi_{\mathrm{ref}}` becomes `pi_ref`. */
export function plainTex(tex: string): string {
  return flat(tex.replace(fonts, ''))
    .replace(/\\([A-Za-z]+)/g, (_, name: string) => ` ${spoken[name] ?? name} `)
    .replace(/\\[,;:! ]|[{}\\]/g, ' ')
    .replace(/\s*([_^/])\s*/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Opens groups from the inside out: fractions become `a/b`, other braces go. */
function flat(tex: string): string {
  const opened = tex
    .replace(/\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}/g, ' $1/$2 ')
    .replace(/(?<!frac\s*(?:\{[^{}]*\}\s*)?)\{([^{}]*)\}(?!\s*\{)/g, '$1');
  return opened === tex ? tex : flat(opened);
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
