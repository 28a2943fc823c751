import katex from 'katex';

/** Whether KaTeX sets a formula without complaint. */
export function isTex(tex: string, displayMode: boolean): boolean {
  try {
    katex.renderToString(tex, { throwOnError: true, strict: 'ignore', output: 'mathml', displayMode });
    return tex.trim() !== '';
  } catch (error) {
    if (error instanceof katex.ParseError) return false;
    throw error;
  }
}
