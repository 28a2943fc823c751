/* Over 250 lines: one table, a record a kind of error. */

/** What every kind of error says about itself, wherever it is reported. */
interface ErrorKind {
  /** One line: what is wrong. */
  cause: string;
  /** One line: what the author does about it. */
  cure: string;
}

/**
 * The catalogue of errors. A code is stable: authors search for it and CI filters by it.
 * A check names the code; the place, the concrete message and the suggestion come from the check.
 */
export const catalogue = {
  'content-missing': {
    cause: 'There is no content folder.',
    cure: 'Set CONTENT_DIR to the folder that holds trainers/, reference-guides/ and the others.',
  },
  'file-unreadable': {
    cause: 'A content file cannot be read.',
    cure: 'Give it read permission; remove a link that points nowhere.',
  },
  'file-not-text': {
    cause: 'A content file is not UTF-8 text.',
    cure: 'Save it as UTF-8, or move the binary file to public/.',
  },
  'file-empty': { cause: 'A content file is empty.', cure: 'Write its frontmatter and text, or delete it.' },
  'file-ignored': {
    cause: 'Nothing reads a file of the content folder.',
    cure: 'Move it to the folder of its kind, mend its name, or take it out.',
  },
  'frontmatter-missing': {
    cause: 'An entry has no frontmatter.',
    cure: 'Begin the file with a `---` block that holds title, question, summary and trainers.',
  },
  'frontmatter-syntax': { cause: 'The frontmatter is not valid YAML.', cure: 'Mend the YAML at the caret.' },
  'frontmatter-field': {
    cause: 'A frontmatter field is missing, unknown or of the wrong type.',
    cure: 'Give the field the type that the message names.',
  },
  'yaml-syntax': { cause: 'A data file is not valid YAML.', cure: 'Mend the YAML at the caret.' },
  'yaml-field': {
    cause: 'A field of a data file is missing, unknown or of the wrong type.',
    cure: 'Give the field the type that the message names.',
  },
  'json-shape': {
    cause: 'A generated JSON file does not have the shape the site reads.',
    cure: 'Write it anew with `npm run facts`, `npm run record` or `npm run verify`.',
  },
  'id-duplicate': { cause: 'Two entries claim one id.', cure: 'Rename one of the two files or records.' },
  'slug-mismatch': {
    cause: 'A record’s slug differs from its file name.',
    cure: 'Name the file after the slug.',
  },
  'trainer-unknown': {
    cause: 'An entry names a trainer that the registry does not hold.',
    cure: 'Use a slug of content/trainers/, or add the record.',
  },
  'entry-unknown': {
    cause: 'A reference names an entry that does not exist.',
    cure: 'Use `trainers/<id>`, `guides/<id>` or `examples/<id>` of an existing entry.',
  },
  'path-unknown': {
    cause: 'A learning path comes after one that does not exist.',
    cure: 'Use the slug of a file in content/learning-paths/.',
  },
  'path-order': {
    cause: 'A learning path stands before one that it comes after.',
    cure: 'Give it a greater `order` than every path in its `after`.',
  },
  'step-repeated': {
    cause: 'A learning path names one page twice.',
    cure: 'Keep the step where the page is needed first; a page is marked as read once.',
  },
  'step-draft': {
    cause: 'A learning path leads to a page that is not published.',
    cure: 'Take `draft` off the page, or leave the step out until then.',
  },
  'draft-linked': {
    cause: 'A published page leads to a draft, which readers do not have.',
    cure: 'Take `draft` off what it leads to, or leave the link out until then.',
  },
  'to-write': {
    cause: 'A published page still holds text that is marked TO WRITE.',
    cure: 'Write it, or take it out; `draft: true` keeps the page back until then.',
  },
  'file-exists': {
    cause: 'A command would overwrite a file.',
    cure: 'Edit the file that is there, or choose another name.',
  },
  'facts-missing': {
    cause: 'There are no facts of the release that a registry record names.',
    cure: 'Read them off the release: `npm run facts -- --trl <release>`.',
  },
  'scaffold-title': {
    cause: 'No file name can be made from a title.',
    cure: 'Give a title of 3 to 90 characters, and a file name with `--name`.',
  },
  'distilled-unknown': {
    cause: 'An annotated trainer names a distilled file that does not exist.',
    cure: 'Use the name of a file in content/distilled/, without .py.',
  },
  'availability-order': {
    cause: 'A trainer’s availability is not in order of releases.',
    cure: 'List the oldest release first, each with a later `since` than the one before.',
  },
  'removed-without-successor': {
    cause: 'A removed trainer does not say what to use today.',
    cure: 'Fill in `instead` and `instead_why`.',
  },
  'metric-undocumented': {
    cause: 'A recorded run logs a metric that the trainer’s page does not explain.',
    cure: 'Add the metric, in inline code, to the section on metrics of the annotated trainer.',
  },
  'migration-missing': {
    cause: 'The facts of two releases show a change that content/migration.yaml does not speak of.',
    cure: 'Add the symbol to `changes` of a record there, with a sentence on what to do.',
  },
  'migration-unknown': {
    cause: 'content/migration.yaml speaks of a change that the facts do not show.',
    cure: 'Mend the symbol, or take it out.',
  },
  'trl-drift': {
    cause: 'A newer TRL, whose facts are at hand, makes something untrue that holds for the pinned one.',
    cure: 'Nothing until you upgrade; then bring the place into line with the newer release.',
  },
  'default-run': {
    cause: 'content/default-runs.yaml does not agree with a script, or with the memory estimator.',
    cure: 'Read the settings off the script’s default run again, and mend `run` and `holds`.',
  },
  'paper-unknown': {
    cause: 'A citation names a paper that content/papers.yaml does not hold.',
    cure: 'Add the paper there, or mend the id.',
  },
  'term-unknown': {
    cause: 'A glossary link names a term that content/glossary.yaml does not hold.',
    cure: 'Add the term there, or mend the id.',
  },
  'chooser-nowhere': {
    cause: 'An answer of content/chooser.yaml leads to a question or a result that is not there.',
    cure: 'Use the id of a question in `next`, or of a result in `result`.',
  },
  'chooser-unreachable': {
    cause: 'No answer of content/chooser.yaml leads to a question or a result of it.',
    cure: 'Let an answer lead there, or take it out. The first question is where everybody starts.',
  },
  'chooser-cycle': {
    cause: 'An answer of content/chooser.yaml leads back to a question on its own way.',
    cure: 'Lead it to a result, or to a question that comes later.',
  },
  'chooser-label': {
    cause: 'Two answers to one question of content/chooser.yaml read alike.',
    cure: 'Say what sets them apart.',
  },
  'chooser-runner-up': {
    cause: 'A result of content/chooser.yaml names its choice as its own runner-up.',
    cure: 'Name what comes second, and why second.',
  },
  'chooser-trainer-missing': {
    cause: 'A trainer of the registry is at the end of no route of content/chooser.yaml.',
    cure: 'Let a result take it, or list it in `never` with the reason.',
  },
  'chooser-never-taken': {
    cause: 'content/chooser.yaml lists a trainer in `never` that one of its results takes.',
    cure: 'Take it out of `never`, or out of the result.',
  },
  'script-header-missing': {
    cause: 'An example script has no PEP 723 header.',
    cure: 'Begin it with a `# /// script` … `# ///` block that holds dependencies and [tool.tutorial].',
  },
  'script-header-syntax': {
    cause: 'A script header is not valid TOML.',
    cure: 'Mend the TOML at the caret.',
  },
  'script-header-field': {
    cause: 'A field of [tool.tutorial] is missing, unknown or of the wrong type.',
    cure: 'Give the field the type that the message names.',
  },
  'mdx-syntax': {
    cause: 'The MDX does not parse.',
    cure: 'Close the tag or brace at the caret; write a literal { or < inside code.',
  },
  'mdx-code': {
    cause: 'MDX would run a part of the text as JavaScript.',
    cure: 'Write a literal brace as `\\{` or inside code, attributes as name="value", and no `import` or `export`.',
  },
  'html-unsafe': {
    cause: 'A page holds HTML or an address that runs code in the reader’s browser.',
    cure: 'Say it in Markdown, or with a component of the site.',
  },
  'fence-language': {
    cause: 'A fence names a language that is not known, or Python under another name.',
    cure: 'Write `python` for code that is checked, `text` for what is no code.',
  },
  'fence-open': {
    cause: 'A fence is never closed.',
    cure: 'Close it with as many backticks as it opens with.',
  },
  'image-missing': {
    cause: 'A page shows an image that is not there.',
    cure: 'Put the file beside the page, or into public/, or mend its name.',
  },
  'image-alt': {
    cause: 'An image has no text for those who do not see it.',
    cure: 'Say between `![` and `]` what the image shows.',
  },
  'reference-undefined': {
    cause: 'A footnote or a link names a label that no line of the page defines.',
    cure: 'Add the line that defines it, or write `\\[` for a bracket.',
  },
  'symbol-unknown': {
    cause: 'Inline code names a TRL symbol that the pinned release does not have.',
    cure: 'Use the name of the pinned release; write removed names without their class.',
  },
  'argument-unknown': {
    cause: 'A call passes an argument that the class does not accept in the pinned release.',
    cure: 'Use a field of the config, or mark the fence `unchecked="why"`.',
  },
  'python-syntax': { cause: 'A Python fence or script does not parse.', cure: 'Mend it at the caret.' },
  'region-unknown': {
    cause: 'A `<Region>` names a region that the distilled file does not have.',
    cure: 'Use the name after `# region` in content/distilled/.',
  },
  'region-syntax': {
    cause: 'A distilled file has a broken region.',
    cure: 'Pair each `# region <name> mirrors <symbol>` with one `# endregion`; names are unique.',
  },
  'region-long': {
    cause: 'A region is longer than 25 lines.',
    cure: 'Split it: a reader keeps about 25 lines in view beside the prose.',
  },
  'region-markers': {
    cause: 'The numbered remarks of a `<Region>` do not match the `# (n)` markers of its code.',
    cure: 'Write one list item for each marker, in order.',
  },
  'math-syntax': { cause: 'A formula is not valid TeX.', cure: 'Mend the TeX at the caret.' },
  'math-unbalanced': {
    cause: 'A `$` has no partner.',
    cure: 'Close the formula, or write `\\$` for a dollar sign.',
  },
  'diagram-syntax': { cause: 'A `dot` fence is not valid Graphviz.', cure: 'Mend the DOT source.' },
  'component-prop': {
    cause: 'A component of a page has a missing, unknown or wrong attribute.',
    cure: 'Use the attributes that the message names.',
  },
  'config-field-unknown': {
    cause: 'A config table describes a field that the config does not have.',
    cure: 'Use a field of the pinned release.',
  },
  'config-field-undescribed': {
    cause: 'An annotated trainer leaves a field of its config undescribed.',
    cure: 'Add a line for the field to one of its `<ConfigFields>` lists.',
  },
  'link-broken': {
    cause: 'A link of the built site points nowhere.',
    cure: 'Mend the link; write internal links as /guides/<id>/#anchor.',
  },
  'anchor-broken': {
    cause: 'A link of the built site names an anchor that its page does not have.',
    cure: 'Use the id of a heading of that page.',
  },
  'asset-missing': {
    cause: 'A page of the built site asks for a file that is not there.',
    cure: 'Put the file into public/, or mend the address.',
  },
  'base-missing': {
    cause: 'An internal address of the built site lacks the base path.',
    cure: 'Prefix it with import.meta.env.BASE_URL; in Markdown a plugin does.',
  },
  'third-party': {
    cause: 'A page of the built site asks another host for a file.',
    cure: 'Host the file in public/ or bundle it.',
  },
  'inline-style': {
    cause: 'An element outside a formula carries a style attribute.',
    cure: 'Use a class: a strict content security policy refuses style attributes.',
  },
  'page-head': {
    cause: 'A built page lacks its language, title, description or canonical address.',
    cure: 'Give them to the page’s layout.',
  },
  'heading-order': {
    cause: 'The headings of a built page do not form an outline.',
    cure: 'Write one h1 a page and go down one level at a time.',
  },
  'page-weight': {
    cause: 'A content page is heavier than its budget.',
    cure: 'Load scripts on demand, and split the page or its styles.',
  },
  'html-invalid': { cause: 'A built page is not valid HTML.', cure: 'Mend the component that wrote it.' },
  'katex-mismatch': {
    cause: 'KaTeX markup and KaTeX CSS come from different releases.',
    cure: 'Keep one katex version (`overrides` in package.json) and install anew.',
  },
  'tex-indexed': {
    cause: 'TeX source is in the search index.',
    cure: 'Mark formulas with data-pagefind-ignore.',
  },
  'disk-full': {
    cause: 'There is no room to write the site.',
    cure: 'Free some space on the disk that holds the checkout (`df -h .`), and build again.',
  },
  'import-nothing': {
    cause: 'A folder to import holds nothing that can become a page.',
    cure: 'Name the folder that holds README.md, annotated_trainers/, reference_guides/ and annotated_examples/.',
  },
  'import-left-out': {
    cause: 'A file of an imported folder becomes no page.',
    cure: 'Mend what the message names and import again; the other files are not touched by it.',
  },
  'import-renamed': {
    cause: 'An imported file gets another address than its name asks for.',
    cure: 'Rename the file, or add its trainer to the registry, and import again.',
  },
  'import-changed': {
    cause: 'Something of an imported text is shown otherwise than it was written.',
    cure: 'Nothing, if the page reads right; else mend the source and import again.',
  },
  'import-verbatim': {
    cause: 'The page of an imported text shows it as it is written, as one block of code.',
    cure: 'Mend what the message names, and import again.',
  },
  'import-repaired': {
    cause: 'An imported text was damaged by a change of encoding, and was repaired.',
    cure: 'Save the source as UTF-8, so that other tools read it right too.',
  },
  'import-scar': {
    cause: 'An imported text is damaged by a change of encoding, and what stood there is not certain.',
    cure: 'Write again what stood there.',
  },
  'import-formula': {
    cause: 'A line of a formula in a plain fence became TeX, or stayed because its meaning is not certain.',
    cure: 'Compare the two; write what stayed as TeX between `$$` lines.',
  },
  'import-total': {
    cause: 'A number in an imported STATUS file is not what the imported files count to.',
    cure: 'Mend the number, or leave it out: the build counts the pages itself.',
  },
  biome: {
    cause: 'Biome objects to code or to its format.',
    cure: 'Run `npm run format`, and mend by hand what it leaves.',
  },
  types: { cause: 'TypeScript or Astro finds a type error.', cure: 'Mend the types at the caret.' },
  ruff: {
    cause: 'Ruff objects to Python code or to its format.',
    cure: 'Run `.venv/bin/ruff check --fix` and `.venv/bin/ruff format` on the file.',
  },
  'schema-stale': {
    cause: 'A JSON Schema in public/schemas/ is not what the check’s own schemas make.',
    cure: 'Run `npm run schemas`, and commit what it writes.',
  },
  'tool-missing': {
    cause: 'A tool that the check needs is not installed.',
    cure: 'Install it as the message says.',
  },
  'tool-failed': {
    cause: 'A tool that the check needs stopped before it could report.',
    cure: 'Run the command of the message by hand.',
  },
} as const satisfies Record<string, ErrorKind>;

/** The code of an error, as printed. */
export type ErrorCode = keyof typeof catalogue;
