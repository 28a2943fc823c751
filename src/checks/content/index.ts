import type { ContentSource } from '../../collections/content-source.ts';
import { withExcerpts } from '../../errors/excerpt.ts';
import { byPlace, type Problem } from '../../errors/problem.ts';
import { createMarkdownContext } from '../../markdown/context.ts';
import { checkAvailability } from './availability.ts';
import type { CheckContext, ContentCheck } from './check.ts';
import { checkChooser } from './chooser.ts';
import { checkDefaultRuns } from './default-runs.ts';
import { checkDrafts } from './drafts.ts';
import { checkDuplicateIds } from './duplicate-ids.ts';
import { checkEntryReferences } from './entry-references.ts';
import { checkLearningPaths } from './learning-paths.ts';
import { checkMarkdown } from './markdown.ts';
import { checkMemory } from './memory.ts';
import { checkMigrationNotes } from './migration-notes.ts';
import { checkMirroredSymbols } from './mirrored-symbols.ts';
import { checkPaperReferences } from './paper-references.ts';
import { pythonUnits } from './python-source.ts';
import { checkPythonSyntax } from './python-syntax.ts';
import { checkRecordTexts } from './record-texts.ts';
import { checkRecordedRuns } from './recorded-runs.ts';
import { checkScriptPlots } from './script-plots.ts';
import { checkSlugs } from './slugs.ts';
import { checkTrainerFacts } from './trainer-facts.ts';
import { checkTrainerReferences } from './trainer-references.ts';
import { checkTrlNames } from './trl-names.ts';

const checks: readonly ContentCheck[] = [
  checkDuplicateIds,
  checkSlugs,
  checkTrainerReferences,
  checkEntryReferences,
  checkLearningPaths,
  checkDrafts,
  checkPaperReferences,
  checkAvailability,
  checkTrainerFacts,
  checkPythonSyntax,
  checkTrlNames,
  checkMirroredSymbols,
  checkRecordedRuns,
  checkMigrationNotes,
  checkChooser,
  checkScriptPlots,
  checkDefaultRuns,
  checkRecordTexts,
  checkMarkdown,
];

/**
 * All problems of a content folder, those met while reading it included, in order of appearance.
 *
 * @param base the base path of the site, for links
 * @param memory what earlier checks of the same folder found; makes the next one fast
 */
export function checkContent(source: ContentSource, base = '/', memory = checkMemory()): Problem[] {
  return runChecks(source, base, memory, checks);
}

/** `checkContent` for content whose Markdown was checked page by page while it was made. */
export function checkAllButMarkdown(source: ContentSource, base = '/'): Problem[] {
  return runChecks(
    source,
    base,
    checkMemory(),
    checks.filter((check) => check !== checkMarkdown),
  );
}

function runChecks(
  source: ContentSource,
  base: string,
  memory: ReturnType<typeof checkMemory>,
  wanted: readonly ContentCheck[],
): Problem[] {
  const markdown = createMarkdownContext(source, { base });
  const context: CheckContext = { trl: markdown.trl, markdown, memory };
  memory.python.nextRound();
  memory.markdown.nextRound();
  pythonUnits(source, memory.python);
  const found = wanted.flatMap((check) => check(source, context));
  return withExcerpts([...source.problems, ...found], source.texts).sort(byPlace);
}
