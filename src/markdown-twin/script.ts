import type { PhrasingContent, RootContent } from 'mdast';
import type { SourceScript } from '../collections/content-source.ts';
import { recordedOutput } from '../collections/recorded-output.ts';
import { scriptMarkdown } from '../collections/script.ts';
import { defaultRunEstimate } from '../navigation/default-run.ts';
import { runResults, sampleFields, tookText } from '../navigation/run-results.ts';
import { fileName, importedModules, runCommand, scriptSections } from '../navigation/script-files.ts';
import { runPlotNodes } from './figures.ts';
import { code, fence, heading, link, list, paragraph, strong, table } from './nodes.ts';
import { fragmentBlocks, fragmentInline } from './plain.ts';
import { siteUrl, type TwinScope } from './scope.ts';

const text = (value: string): PhrasingContent => ({ type: 'text', value });

/** The cells of a script with what they printed, as one Markdown text. */
export function cellsOf(script: SourceScript, { source }: TwinScope): string {
  return scriptMarkdown(script, recordedOutput(source.runs, script.body, script.id));
}

/** How to run a script, its files, what it needs and what a recorded run took. */
export function runNodes(script: SourceScript, scope: TwinScope): RootContent[] {
  const { source } = scope;
  const name = fileName(script.file);
  const stem = name.replace(/\.py$/, '');
  const modules = importedModules(script.body, source.supportModules).map(({ file }) => fileName(file));
  const files = [name, ...modules];
  const estimated = defaultRunEstimate(source, stem);
  const fileLink = (file: string) => link(siteUrl(`examples/${file}`, scope), text(file));
  const plain = plainRun(script, scope);
  const label = (words: string, ...rest: (string | PhrasingContent)[]) => [
    paragraph(strong(words), ': ', ...rest),
  ];
  return [
    heading(2, 'Run it'),
    fence(runCommand(name, script.data), 'shell'),
    list([
      label('Files', ...commas(files.map(fileLink)), text(files.length > 1 ? ', in one folder' : '')),
      label(
        'Notebook',
        fileLink(`${stem}.ipynb`),
        text(script.data.verified ? ', with all that it needs' : ''),
      ),
      label(
        'Needs',
        text(`Python ${script.header['requires-python']}; `),
        ...commas(script.header.dependencies.map((each) => code(each))),
      ),
      ...(plain ? [label('Took', tookText(plain))] : []),
      ...(estimated
        ? [
            label(
              'Memory',
              text(`about ${estimated.gib} GiB on one card for the default run, `),
              link(siteUrl(estimated.path, scope), text('estimated')),
              text(' and not measured'),
            ),
          ]
        : []),
      ...Object.entries(script.data.hardware).map(([what, said]) =>
        label(what, ...fragmentInline(said, scope)),
      ),
    ]),
  ];
}

/** Curves, results and samples of the recorded runs. */
export function recordedNodes(script: SourceScript, scope: TwinScope): RootContent[] {
  const { source } = scope;
  const name = fileName(script.file).replace(/\.py$/, '');
  const plain = plainRun(script, scope);
  if (!plain) return [];
  const { names, rows } = runResults(source.runs.filter((run) => run.script === name));
  const fields = sampleFields(plain);
  const plots = script.data.plots.flatMap(({ text: said, ...wish }) => [
    ...(said ? fragmentBlocks(said, scope) : []),
    ...runPlotNodes({ script: name, ...wish }, source),
  ]);
  const results = rows.map(({ label, code: isCode, values }) => [
    [isCode ? code(label) : text(label)],
    ...values.map((value) => [text(value?.toFixed(3) ?? '–')]),
  ]);
  const samples = plain.samples.map((sample) => fields.map((field) => [code(sample[field] ?? '')]));
  const head = (words: readonly string[]) => words.map((each) => [text(each)]);
  return [
    heading(2, scriptSections['recorded-run']),
    ...plots,
    ...(rows.length > 0
      ? [table([head(['Run', ...names.map((each) => each.replaceAll('_', ' '))]), ...results])]
      : []),
    ...(samples.length > 0 ? [table([head(fields), ...samples])] : []),
  ];
}

/** The failure modes that the script reproduces on demand. */
export function bugNodes({ data, file }: SourceScript, scope: TwinScope): RootContent[] {
  const bugs = Object.entries(data.bugs);
  if (bugs.length === 0) return [];
  return [
    heading(2, scriptSections.bugs),
    paragraph(`\`uv run ${fileName(file)} --tiny --bug NAME\` runs the script with one mistake.`),
    table([
      [[text('Name')], [text('What it shows')]],
      ...bugs.map(([name, what]) => [[code(name)], fragmentInline(what, scope)]),
    ]),
  ];
}

function plainRun({ file }: SourceScript, { source }: TwinScope) {
  return source.runs.find(
    ({ script, variant }) => `${script}.py` === fileName(file) && variant === undefined,
  );
}

function commas(nodes: readonly PhrasingContent[]): PhrasingContent[] {
  return nodes.flatMap((node, index) => (index === 0 ? [node] : [text(', '), node]));
}
