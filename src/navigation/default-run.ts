import type { ContentSource } from '../collections/content-source.ts';
import { memorySpace, settingsOf } from '../explorers/memory/view.ts';
import { gib } from '../explorers/memory/words.ts';
import { startState } from '../explorers/state.ts';
import { estimate } from '../memory/estimate.ts';

/** What a script's default run is estimated to need: GiB as text, and the path of the estimator set to that run. */
export function defaultRunEstimate(
  { defaultRuns }: Pick<ContentSource, 'defaultRuns'>,
  script: string,
): { gib: string; path: string } | undefined {
  const planned = defaultRuns.find((each) => each.script === script);
  if (!planned) return undefined;
  return {
    gib: gib(estimate(settingsOf(startState(memorySpace, planned.run))).total),
    path: `/choose/?${planned.run.replace(/(^|&)/g, '$1memory.')}#memory`,
  };
}
