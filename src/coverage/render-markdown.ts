import { type Coverage, type Drift, type DriftFinding, pageKinds } from './report-schema.ts';
import {
  availabilityText,
  checksText,
  driftText,
  freshnessText,
  kindText,
  pathsText,
  remainingText,
  totalsText,
  trainerText,
} from './wording.ts';

/** The report as `/STATUS.md`. */
export function renderMarkdown(report: Coverage): string {
  const sections = [
    '# Status',
    `Checked against TRL ${report.trl ?? '(no facts)'}${report.released ? `, released ${report.released}` : ''}. Computed from the content folder; not written by hand.`,
    `${totalsText(report.totals)}.`,
    '## Trainers',
    table(
      ['Trainer', 'Family', 'In TRL', 'Annotated', 'Guide', 'Script', 'Checks', 'Freshness'],
      report.trainers.map((trainer) => [
        trainerText(trainer, 'name'),
        trainer.family,
        availabilityText(trainer.availability),
        ...pageKinds.map((kind) => kindText(trainer, kind, report.pages)),
        checksText(trainer, report),
        freshnessText(trainer.freshness),
      ]),
    ),
    ...(report.drift ? [`## What TRL ${report.drift.trl} would change`, drifted(report.drift)] : []),
    '## Families',
    ...(report.families.length > 0
      ? [report.families.map(({ family, ...totals }) => `- **${family}**: ${totalsText(totals)}`).join('\n')]
      : ['No trainer is registered.']),
    ...(report.paths.length > 0 ? [`${pathsText(report)}.`] : []),
    '## What is covered',
    covered(report),
    '## What remains',
    report.remaining
      .map((rest, i) => `${i + 1}. **${rest.name}**: ${remainingText(rest, report)}`)
      .join('\n') || 'Nothing.',
    '## Checks',
    report.checks.length > 0
      ? table(
          ['Check', 'State', 'TRL', 'Date', 'Passed', 'Failed', 'Why'],
          report.checks.map(({ title, id, state, trl, date, passed, failed, reasons }) => [
            `${title} (\`${id}\`)`,
            freshnessText(state),
            trl ?? '–',
            date ?? '–',
            passed === null ? '–' : String(passed),
            failed === null ? '–' : String(failed),
            reasons.join('; '),
          ]),
        )
      : 'None.',
  ];
  return `${sections.join('\n\n')}\n`;
}

function drifted(drift: Drift): string {
  const list = (findings: readonly DriftFinding[]) =>
    findings.map(({ file, line, message }) => `- ${message} (${file}:${line})`).join('\n');
  return [
    driftText(drift),
    ...drift.pages.map(({ ref, findings }) => `### \`${ref}\`\n\n${list(findings)}`),
    ...(drift.elsewhere.length > 0 ? [`### Registry and other records\n\n${list(drift.elsewhere)}`] : []),
  ].join('\n\n');
}

function covered({ pages }: Coverage): string {
  const published = pages.filter(({ draft }) => !draft);
  return (
    published.map(({ ref, covers }) => `- \`${ref}\`: ${covers.join(', ')}`).join('\n') || 'Nothing yet.'
  );
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
