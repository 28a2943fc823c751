import { columns } from '../errors/columns.ts';
import { type Coverage, type Drift, pageKinds } from './report-schema.ts';
import {
  availabilityText,
  checksText,
  counted,
  driftText,
  freshnessText,
  kindText,
  pathsText,
  remainingText,
  totalsText,
  trainerText,
} from './wording.ts';

/** The report as text for a terminal: the table of trainers, sums by family, late checks, what remains. */
export function renderTerminal(report: Coverage): string {
  const late = report.checks.filter(({ state }) => state !== 'current');
  const sections = [
    `TRL ${report.trl ?? '(no facts)'}${report.released ? ` (${report.released})` : ''}`,
    columns([
      ['trainer', 'in TRL', 'annotated', 'guide', 'script', 'checks', 'freshness'],
      ...report.trainers.map((trainer) => [
        trainerText(trainer, 'slug'),
        availabilityText(trainer.availability),
        ...pageKinds.map((kind) => kindText(trainer, kind, report.pages)),
        checksText(trainer, report),
        freshnessText(trainer.freshness),
      ]),
    ]),
    columns([
      ...report.families.map(({ family, ...totals }) => [family, totalsText(totals)]),
      ['all', totalsText(report.totals)],
    ]),
    ...(report.paths.length > 0 ? [pathsText(report)] : []),
    ...(report.drift ? [drifted(report.drift)] : []),
    ...(late.length > 0
      ? [
          `Checks that are not current\n${columns(
            late.map(({ id, state, reasons }) => [`  ${freshnessText(state)}`, id, reasons.join('; ')]),
          )}`,
        ]
      : []),
    report.remaining.length > 0
      ? `What remains\n${columns(
          report.remaining.map((rest, i) => [`  ${i + 1}.`, rest.slug, remainingText(rest, report)]),
        )}`
      : 'Nothing remains.',
  ];
  return `${sections.join('\n\n')}\n`;
}

function drifted(drift: Drift): string {
  const rows = [
    ...drift.pages.map(({ ref, findings }) => [`  ${ref}`, counted(findings.length, 'place')]),
    ...(drift.elsewhere.length > 0 ? [['  records', counted(drift.elsewhere.length, 'place')]] : []),
  ];
  const more = rows.length > 0 ? `\n${columns(rows)}\n  \`npm run check\` names each.` : '';
  return `${driftText(drift)}${more}`;
}
