import type { CoveredPage } from './report.ts';
import type { Drift, DriftFinding } from './report-schema.ts';

/** A release after the pinned one, and what it would make untrue. */
export interface Upgrade {
  trl: string;
  released: string;
  findings: readonly DriftFinding[];
}

/** The findings by page. What a distilled file mirrors belongs to the page that walks through it. */
export function driftOf({ trl, released, findings }: Upgrade, pages: readonly CoveredPage[]): Drift {
  const pageOf = (file: string) =>
    pages.find((page) => page.file === file) ??
    pages.find(
      ({ data }) =>
        'distilled' in data && typeof data.distilled === 'string' && isDistilled(file, data.distilled),
    );
  const byPage = Map.groupBy(findings, ({ file }) => pageOf(file));
  const stated = (found: readonly DriftFinding[]) =>
    found.map(({ file, line, message }) => ({ file, line, message: message.replace(`TRL ${trl}: `, '') }));
  return {
    trl,
    released,
    pages: pages.flatMap((page) => {
      const found = byPage.get(page);
      return found ? [{ ref: page.ref, title: page.data.title, findings: stated(found) }] : [];
    }),
    elsewhere: stated(byPage.get(undefined) ?? []),
  };
}

function isDistilled(file: string, name: string): boolean {
  return file.endsWith(`/distilled/${name}.py`);
}
