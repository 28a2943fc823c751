/** A link of llms.txt. */
export interface LlmsLink {
  title: string;
  /** Whole address. */
  url: string;
  note: string;
}

/** A section of llms.txt. */
export interface LlmsSection {
  title: string;
  links: readonly LlmsLink[];
}

/** What stands above the sections. */
export interface LlmsHead {
  title: string;
  summary: string;
  /** What a reader has to know to read the pages. */
  details: string;
}

/**
 * The index of a site for language models: title, summary, and sections of links. Sections without links are left
 * out.
 *
 * @see https://llmstxt.org/
 */
export function llmsIndex({ title, summary, details }: LlmsHead, sections: readonly LlmsSection[]): string {
  const lists = sections
    .filter(({ links }) => links.length > 0)
    .map(({ title: name, links }) => `## ${name}\n\n${links.map(item).join('\n')}`);
  return `${[`# ${title}`, `> ${folded(summary)}`, folded(details), ...lists].join('\n\n')}\n`;
}

/** All texts in one, each below its address. */
export function llmsFull(head: LlmsHead, texts: readonly { url: string; markdown: string }[]): string {
  const parts = texts.map(({ url, markdown }) => `---\n\nSource: <${url}>\n\n${markdown.trimEnd()}`);
  return `${[`# ${head.title}`, `> ${folded(head.summary)}`, folded(head.details), ...parts].join('\n\n')}\n`;
}

function item({ title, url, note }: LlmsLink): string {
  const name = folded(title).replace(/[[\]\\]/g, '\\$&');
  return `- [${name}](${url}): ${folded(note)}`;
}

/** On one line. */
function folded(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
