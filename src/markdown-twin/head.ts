import type { BlockContent, PhrasingContent } from 'mdast';
import { verifiedSummary } from '../components/entry/verified-summary.ts';
import type { EntryCheck } from '../coverage/verified.ts';
import { familyLabels } from '../navigation/families.ts';
import { difficultyText, kindLabels, trainerOf } from '../navigation/page.ts';
import { pageSet } from '../navigation/page-set.ts';
import { emphasis, heading, link, list, paragraph, strong } from './nodes.ts';
import { fragmentInline } from './plain.ts';
import { pageUrl, type TwinPage, type TwinScope, type TwinSite } from './scope.ts';

/** Title, question, summary, where the page stands, and what was verified. */
export function headNodes(page: TwinPage, { pages }: TwinSite, scope: TwinScope) {
  const { data, minutes, kind } = page;
  const trainer = trainerOf(page, scope.source.trainers);
  const url = pageUrl(page.ref, scope);
  const family = trainer && `, ${familyLabels[trainer.family].name.toLowerCase()} family`;
  return [
    heading(1, [{ type: 'text', value: data.title }]),
    ...(data.draft ? [paragraph(strong('Draft'), ': not published, and not finished.')] : []),
    paragraph(emphasis({ type: 'text', value: data.question })),
    paragraph({ type: 'text', value: data.summary }),
    list([
      [paragraph(strong('Page'), `: ${kindLabels[kind]}${family ?? ''}, `, link(url, url))],
      [paragraph(strong('Reading'), `: ${minutes} min, ${difficultyText(data.difficulty)}`)],
      ...(data.prerequisites.length > 0
        ? [[paragraph(strong('You need'), ': ', ...joined(data.prerequisites, scope))]]
        : []),
      ...setItem(page, pages, scope),
      verifiedItem(page),
      ...(data.unchecked.length > 0
        ? [[paragraph(strong('Nobody checked'), ': ', ...joined(data.unchecked, scope))]]
        : []),
    ]),
  ];
}

function joined(texts: readonly string[], scope: TwinScope): PhrasingContent[] {
  return texts.flatMap((text, index): PhrasingContent[] => [
    ...(index === 0 ? [] : [{ type: 'text' as const, value: '; ' }]),
    ...fragmentInline(text, scope),
  ]);
}

/** The other pages of the set. */
function setItem(page: TwinPage, pages: TwinSite['pages'], scope: TwinScope): BlockContent[][] {
  const others = pageSet(page, [...pages.values()]).flatMap((member) =>
    member.page && !member.current ? [member.page] : [],
  );
  if (others.length === 0) return [];
  const links = others.flatMap((other, index) => [
    ...(index === 0 ? [] : [', ']),
    link(pageUrl(other.ref, scope), { type: 'text', value: other.data.title }),
  ]);
  return [[paragraph(strong('The same set'), ': ', ...links)]];
}

/** The line of the page's strip, and each check: a stale one says what changed. */
function verifiedItem({ checks, data }: TwinPage): BlockContent[] {
  const { headline, held, date, cures } = verifiedSummary(checks, data);
  const line = [
    headline,
    ...(held > 0 ? [`${held.toLocaleString('en-US')} assertions hold`] : []),
    ...(date ? [date] : []),
    ...(cures.length > 0 ? [`run ${cures.map((cure) => `\`${cure}\``).join(' and ')}`] : []),
  ].join('; ');
  const rows = checks.map((check) => [paragraph(checkText(check))]);
  return [paragraph(strong('Verified'), `: ${line}`), ...(rows.length > 0 ? [list(rows)] : [])];
}

function checkText({ state, title, passed, failed, trl, date, reasons }: EntryCheck): string {
  const counts = passed === null ? [] : [`${passed} of ${passed + (failed ?? 0)} held`];
  const run = [...counts, ...(trl ? [`TRL ${trl}`] : []), ...(date ? [date] : [])];
  return [`${state}: ${title}`, ...run, ...reasons].join(', ');
}
