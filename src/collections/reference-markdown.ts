/** Markdown of a formula on lines of its own. */
export const displayed = (tex: string): string => `$$\n${tex.trim()}\n$$`;

/** Markdown of a block of Python that is not run where it stands. */
export const fencedPython = (code: string): string => `\`\`\`python\n${code.trim()}\n\`\`\``;
