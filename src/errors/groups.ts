/** What the pages on errors are grouped by, in the order in which an author meets them. */
export const errorGroups = {
  files: 'Files and folders',
  fields: 'Frontmatter and data files',
  references: 'References between pages',
  markdown: 'Markdown and MDX',
  formulas: 'Formulas and diagrams',
  python: 'Python and TRL names',
  distilled: 'Distilled code and its regions',
  scripts: 'Scripts and recorded runs',
  paths: 'Learning paths',
  chooser: 'The chooser',
  releases: 'Releases of TRL',
  site: 'The built site',
  import: 'Imported folders',
  tools: 'Tools and the generator itself',
} as const satisfies Record<string, string>;

export type ErrorGroup = keyof typeof errorGroups;
