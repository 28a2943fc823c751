import type { SourceScript, SupportModule } from '../collections/content-source.ts';
import type { EntryData } from '../collections/entry.ts';
import { plainBlocks } from '../markdown-twin/plain.ts';
import { resolve } from '../markdown-twin/resolve.ts';
import { type MarkdownSite, pageUrl, twinScope } from '../markdown-twin/scope.ts';
import { writeMarkdown } from '../markdown-twin/write.ts';
import { fileName, importedModules } from '../navigation/script-files.ts';
import { type CellText, type Notebook, notebook } from './notebook.ts';

/** The tags of the cells that a script does not have: tools may skip the first and change the last. */
export const cellTags = { install: 'install', arguments: 'arguments' } as const;

/**
 * A script as a notebook that works by itself, in a folder or on Colab: the pinned packages, the modules that
 * the script imports, its arguments, and then its cells.
 */
export function scriptNotebook(script: SourceScript, site: MarkdownSite): Notebook {
  const source = fileName(script.file);
  const page = pageUrl(script.ref, site);
  const release = releaseOf(script.header.dependencies);
  const modules = importedModules(script.body, site.source.supportModules);
  return notebook(
    [
      { kind: 'markdown', text: title(script, source, page) },
      ...install(script, release, site.source.facts[0]?.trl),
      ...modules.flatMap(moduleCells),
      ...argumentCells(source, script.data),
      ...cellsOf(script, site),
    ],
    { source, page, trl: release ?? null },
  );
}

/** The cells of the script: Markdown with whole links and folded answers, code as it stands. */
function cellsOf(script: SourceScript, site: MarkdownSite): CellText[] {
  const scope = twinScope(site, script, true);
  return script.cells.map(({ kind, text }) => {
    if (kind === 'code') return { kind, text };
    const { tree } = resolve(text, 'md', script.file, site.context);
    return { kind, text: writeMarkdown(plainBlocks(tree.children, scope)) };
  });
}

function title({ data }: SourceScript, source: string, page: string): string {
  return `# ${data.title}

*${data.question}*

This is the script \`${source}\`, cell by cell. Its page, with figures and recorded output: <${page}>`;
}

function install(
  { header: { dependencies }, data }: SourceScript,
  release: string | undefined,
  newest: string | undefined,
): CellText[] {
  const older =
    release && newest && release !== newest
      ? ` **It needs TRL ${release}**, older than the ${newest} of most notebooks here: give it an environment of its own, or restart the kernel after this cell.`
      : '';
  const packages = dependencies.map((each) => (/[^\w.=-]/.test(each) ? `"${each}"` : each)).join(' ');
  return [
    {
      kind: 'markdown',
      text: data.verified
        ? `## Install\n\nThe releases that the script pins; it was checked with these.${older}`
        : '## Install\n\nThe packages that the script imports. It was imported as it stood, and nobody has run it here.',
    },
    { kind: 'code', text: `%pip install -q ${packages}`, tag: cellTags.install },
  ];
}

/** `trl==1.16.0` is 1.16.0. */
function releaseOf(dependencies: readonly string[]): string | undefined {
  return dependencies.flatMap((each) => /^trl(?:\[[^\]]*\])?==(\S+)$/.exec(each)?.[1] ?? [])[0];
}

function moduleCells({ file, text }: SupportModule): CellText[] {
  const name = fileName(file);
  return [
    {
      kind: 'markdown',
      text: `## \`${name}\`\n\nWith \`--tiny\` the script imports this module. The next cell writes it beside the notebook; nothing of it is downloaded.`,
    },
    { kind: 'code', text: `%%writefile ${name}\n${text}`, hidden: true },
  ];
}

function argumentCells(source: string, { verified }: Pick<EntryData, 'verified'>): CellText[] {
  if (!verified) {
    const text =
      "## Arguments\n\nThe script may read them from the command line. A notebook's command line belongs to the kernel, so it is emptied here; flags are further strings.";
    const code = `import sys\n\nsys.argv = ["${source}"]`;
    return [
      { kind: 'markdown', text },
      { kind: 'code', text: code, tag: cellTags.arguments },
    ];
  }
  return [
    {
      kind: 'markdown',
      text: `## Arguments

The script reads them from the command line. A notebook's command line belongs to the kernel, so they are written down here. \`--tiny\` runs on a CPU, without a network, in a world made on the spot. Other flags are further strings: \`"--bug", "…"\`. After a change run all cells from here.

For the default run, which downloads a model and wants a GPU, take \`--tiny\` out and restart the kernel first: the lab keeps its kernel off the Hub.`,
    },
    { kind: 'code', text: `import sys\n\nsys.argv = ["${source}", "--tiny"]`, tag: cellTags.arguments },
  ];
}
