/** A table of an explorer's numbers. Heads, caption and rows are markup; rows begin with a `<th scope="row">`. */
export function tableMarkup(caption: string, heads: readonly string[], rows: readonly string[]): string {
  const head = heads.map((text) => `<th scope="col">${text}</th>`).join('');
  return `<table><caption>${caption}</caption><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
}
